import Evals
import HTTP
import JSON

/// Puts the events of a streamed message together.
enum AnthropicStream {
    /// A block of the message while its pieces arrive.
    private struct Block {
        var members: JSONObject
        var text = ""
        var input = ""

        /// The whole block; arguments that are no JSON, being cut off, stay the text that came.
        var json: JSONValue {
            var members = members
            switch members["type"]?.string {
            case "text":
                members["text"] = .string((members["text"]?.string ?? "") + text)
            case "tool_use":
                if !input.isEmpty { members["input"] = (try? JSONParser().parse(input)) ?? .string(input) }
            default: break
            }
            return .object(members)
        }
    }

    /// The message as it would have come in one piece; a stream without its end is a failure.
    static func message(
        _ events: [ServerSentEvent], _ response: APIResponse
    ) throws(CallFailure) -> JSONValue {
        var message: JSONObject = [:]
        var usage: JSONObject = [:]
        var blocks: [Int: Block] = [:]
        var hasEnded = false
        for event in events where !hasEnded {
            let data = try response.object(in: event)
            let index = data["index"]?.integer ?? 0
            switch data["type"]?.string ?? event.type {
            case "message_start":
                message = data["message"]?.object ?? [:]
                usage = message["usage"]?.object ?? [:]
                // A number of the first moment; the end tells the whole one.
                usage["output_tokens"] = nil
            case "content_block_start":
                blocks[index] = Block(members: data["content_block"]?.object ?? [:])
            case "content_block_delta":
                guard var block = blocks[index] else {
                    throw response.unreadable("the stream has a piece of a block that never began")
                }
                block.text += data["delta"]?["text"]?.string ?? ""
                block.input += data["delta"]?["partial_json"]?.string ?? ""
                blocks[index] = block
            case "message_delta":
                for (name, value) in data["delta"]?.object ?? [:] where !value.isNull {
                    message[name] = value
                }
                // The counts are those since the beginning, not those of this event.
                for (name, value) in data["usage"]?.object ?? [:] where !value.isNull { usage[name] = value }
            case "message_stop": hasEnded = true
            case "error": throw AnthropicMessages.failure(data, response)
            default: break
            }
        }
        guard hasEnded else { throw response.brokenStream }
        message["content"] = .array(blocks.sorted { $0.key < $1.key }.map(\.value.json))
        message["usage"] = usage.isEmpty ? nil : .object(usage)
        return .object(message)
    }
}
