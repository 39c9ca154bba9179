import Evals
import JSON

/// One step of a conversation as APIs want it that tell tool calls and their results from texts.
///
/// Messages have texts only. A result of a tool (role `tool`) answers a call, and that call is what the message of the
/// assistant before it spells out as JSON: `{"name": …, "arguments": …}`, a list of such, or `{"tool_calls": […]}`.
enum ConversationTurn: Sendable, Hashable {
    /// A message as it is.
    case message(Message)
    /// Calls that the assistant made.
    case calls([Call])
    /// What a tool gave back for the call.
    case result(Call, String)

    /// A call of a tool.
    struct Call: Sendable, Hashable {
        /// The id that joins call and result: the written one, else `call_1`, `call_2` … in order.
        var id: String
        /// The tool's name.
        var name: String
        /// The arguments.
        var arguments: JSONValue
    }

    /// The turns of a conversation; nil when a result has no call that it could answer.
    static func turns(of messages: [Message]) -> [ConversationTurn]? {
        var turns: [ConversationTurn] = []
        var waiting: [Call] = []
        var count = 0
        for (index, message) in messages.enumerated() {
            let isFollowedByResult = messages.dropFirst(index + 1).first?.role == .tool
            switch message.role {
            case .tool:
                guard !waiting.isEmpty else { return nil }
                turns.append(.result(waiting.removeFirst(), message.text))
            case .assistant where isFollowedByResult:
                waiting = calls(in: message.text, count: &count)
                guard !waiting.isEmpty else { return nil }
                turns.append(.calls(waiting))
            default: turns.append(.message(message))
            }
        }
        return turns
    }

    /// The complaint about results of tools without their calls.
    static let complaint = RequestComplaint(
        "tool-message", "a message of the role tool answers no call of a tool",
        hint: "put the call before it: {role: assistant, content: '{\"name\": \"TOOL\", \"arguments\": {}}'}",
        isError: true)

    private static func calls(in text: String, count: inout Int) -> [Call] {
        guard let value = try? JSONParser().parse(text) else { return [] }
        let list = value["tool_calls"]?.array ?? value.array ?? [value]
        var calls: [Call] = []
        for item in list {
            let function = item["function"] ?? item
            guard let name = function["name"]?.string else { return [] }
            count += 1
            calls.append(
                Call(
                    id: item["id"]?.string ?? "call_\(count)", name: name,
                    arguments: ToolCallArguments.value(function["arguments"])))
        }
        return calls
    }
}
