import Evals
import JSON

/// One step of a conversation as APIs want it that tell tool calls and their results from texts.
enum ConversationTurn: Sendable, Hashable {
    /// A message without calls.
    case message(Message)
    /// A message of the assistant, which may be empty, and the calls that it made.
    case calls(Message, [Call])
    /// What a tool gave back for the call.
    case result(Call, Message)

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
    ///
    /// A result without an id answers the oldest call that has none yet.
    static func turns(of messages: [Message]) -> [ConversationTurn]? {
        var turns: [ConversationTurn] = []
        var made: [Call] = []
        var open: [Call] = []
        for message in messages {
            if message.role == .tool {
                let answered = message.toolCallID.map { id in made.last { $0.id == id } } ?? open.first
                guard let call = answered else { return nil }
                open.removeAll { $0.id == call.id }
                turns.append(.result(call, message))
            } else if message.toolCalls.isEmpty {
                turns.append(.message(message))
            } else {
                let calls = message.toolCalls.enumerated().map { index, written in
                    call(written, number: made.count + index + 1)
                }
                made += calls
                open += calls
                turns.append(.calls(message, calls))
            }
        }
        return turns
    }

    /// What is wrong with the results of tools in a conversation: an error for one without its call, and a warning
    /// for a call without its result.
    static func complaints(about messages: [Message]) -> [RequestComplaint] {
        guard let turns = turns(of: messages) else {
            return [
                RequestComplaint(
                    "tool-result-without-call", "a message of the role tool answers no call",
                    hint:
                        "put the call before it: {role: assistant, tool_calls: [{name: TOOL, arguments: {}}]}",
                    isError: true)
            ]
        }
        var open: [Call] = []
        for turn in turns {
            switch turn {
            case .message: break
            case .calls(_, let calls): open += calls
            case .result(let call, _): open.removeAll { $0.id == call.id }
            }
        }
        return open.prefix(1).map { call in
            RequestComplaint(
                "tool-call-without-result",
                "the messages call the tool '\(call.name)' and never give its result, which the provider may reject",
                hint: "add a message of the role tool behind the call")
        }
    }

    private static func call(_ written: JSONValue, number: Int) -> Call {
        let function = written["function"] ?? written
        return Call(
            id: written["id"]?.string ?? "call_\(number)", name: function["name"]?.string ?? "",
            arguments: ToolCallArguments.value(function["arguments"]))
    }
}
