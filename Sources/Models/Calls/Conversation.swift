import Evals
import JSON

/// The messages of a request with every result of a tool joined to its call.
struct Conversation {
    /// One message, as APIs want it that tell calls of tools and their results from texts.
    enum Step: Sendable, Hashable {
        /// A message without calls.
        case message(Message)
        /// A message of the assistant, which may be empty, and the calls that it makes.
        case calls(Message, [ToolCall])
        /// What a tool gave back for a call.
        case result(ToolCall, Message)
    }

    /// The messages, without results that answer no call.
    private(set) var steps: [Step] = []
    /// What is wrong with results and calls: an error for a result without its call, a warning for a call without
    /// its result.
    private(set) var complaints: [RequestComplaint] = []
    private var calls: [(call: ToolCall, isAnswered: Bool)] = []

    /// Joins results and calls.
    ///
    /// A result without an id answers the oldest call that has none yet. A call without an id gets a number that no
    /// other call has.
    init(_ messages: [Message]) {
        let written = Set(messages.flatMap(\.toolCalls).compactMap { $0["id"]?.string })
        for message in messages {
            if message.role == .tool {
                addResult(message)
            } else if message.toolCalls.isEmpty {
                steps.append(.message(message))
            } else {
                let made = message.toolCalls.map { add($0, written) }
                steps.append(.calls(message, made))
            }
        }
        if complaints.isEmpty, let open = calls.first(where: { !$0.isAnswered }) {
            complaints.append(
                RequestComplaint(
                    "tool-call-without-result",
                    "the messages call the tool '\(open.call.name)' and never give its result, which providers reject",
                    hint: "add a message of role 'tool' behind the call"))
        }
    }

    /// Errors for calls whose arguments are no object, which some APIs have no way to send.
    var argumentComplaints: [RequestComplaint] {
        calls.filter { $0.call.arguments.object == nil }.map { item in
            RequestComplaint(
                "tool-call-arguments",
                "the arguments of a call of the tool '\(item.call.name)' are no object",
                isError: true)
        }
    }

    private mutating func add(_ written: JSONValue, _ ids: Set<String>) -> ToolCall {
        var number = calls.count + 1
        var call = ToolCall(written, number: number)
        while (written["id"]?.string ?? "").isEmpty, ids.contains(call.id) {
            number += 1
            call = ToolCall(written, number: number)
        }
        calls.append((call, false))
        return call
    }

    private mutating func addResult(_ message: Message) {
        guard let place = place(of: message.toolCallID) else {
            complaints.append(
                RequestComplaint(
                    "tool-result-without-call",
                    "a message of role 'tool' answers no call: no message of the assistant before it has one"
                        + (message.toolCallID.map { " with the id '\($0)'" } ?? ""),
                    hint:
                        "put the call before it: {role: assistant, tool_calls: [{name: TOOL, arguments: {}}]}",
                    isError: true))
            return
        }
        calls[place].isAnswered = true
        steps.append(.result(calls[place].call, message))
    }

    /// The call that a result answers; ids may be used again once their call is answered.
    private func place(of id: String?) -> Int? {
        guard let id else { return calls.firstIndex { !$0.isAnswered } }
        return calls.firstIndex { $0.call.id == id && !$0.isAnswered } ?? calls.lastIndex { $0.call.id == id }
    }
}
