import Evals
import JSON

/// Puts the events of a stream of the Responses API together.
enum ResponsesStream {
    /// The events that carry a piece of the answer.
    static let tokenTypes: Set<String> = [
        "response.output_text.delta", "response.refusal.delta", "response.reasoning_text.delta",
        "response.reasoning_summary_text.delta", "response.function_call_arguments.delta",
    ]

    /// The response as the API would have sent it without a stream.
    ///
    /// The last event holds the whole response. Where a server leaves the output out there, it is taken from the
    /// events before.
    static func response(
        _ events: [ServerSentEvent], _ whole: APIResponse
    ) throws(CallFailure) -> JSONValue {
        var items: [Int: JSONValue] = [:]
        var texts: [Int: String] = [:]
        for event in events {
            if event.data == "[DONE]" { continue }
            let data = try whole.object(in: event)
            let index = data["output_index"]?.integer ?? 0
            switch event.type ?? data["type"]?.string {
            case "response.output_text.delta": texts[index, default: ""] += data["delta"]?.string ?? ""
            case "response.output_item.done": items[index] = data["item"]
            case "response.completed", "response.incomplete", "response.failed":
                guard var response = data["response"]?.object else { continue }
                if (response["output"]?.array ?? []).isEmpty {
                    response["output"] = .array(output(items, texts))
                }
                return .object(response)
            case "error":
                throw OpenAIErrors.failure(data, whole, else: "the stream ended with an error")
            default: break
            }
        }
        throw whole.brokenStream
    }

    private static func output(_ items: [Int: JSONValue], _ texts: [Int: String]) -> [JSONValue] {
        Set(items.keys).union(texts.keys).sorted().map { index in
            items[index]
                ?? [
                    "type": "message",
                    "content": [["type": "output_text", "text": .string(texts[index] ?? "")]],
                ]
        }
    }
}
