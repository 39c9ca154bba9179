import Diagnostics
import HTTP
public import Evals
import JSON

/// What responses of the API mean.
extension OpenAIResponses {
    /// Reads a whole response, or the events of a stream.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw OpenAIErrors.failure(response) }
        if let events = response.events {
            return try Self.reply(try ResponsesStream.response(events, response), response)
        }
        return try Self.reply(try response.object(), response)
    }

    /// True for pieces of text, refusal, reasoning and arguments.
    public func isToken(_ event: ServerSentEvent) -> Bool {
        guard let type = event.type ?? (try? JSONParser().parse(event.data))?["type"]?.string else {
            return false
        }
        return ResponsesStream.tokenTypes.contains(type)
    }

    private static func reply(_ body: JSONValue, _ response: APIResponse) throws(CallFailure) -> Reply {
        let status = body["status"]?.string ?? "completed"
        switch status {
        case "completed", "incomplete": try OpenAIErrors.check(body, response)
        case "failed", "cancelled":
            throw OpenAIErrors.failure(body, response, else: "the response has the status '\(status)'")
        default:
            throw response.unreadable(
                "the response has the status '\(TerminalText.excerpt(status, limit: 40))' and no answer yet")
        }
        var reply = Reply(
            servedModel: body["model"]?.string, content: nil,
            usage: body["usage"].flatMap(OpenAIUsage.normalized),
            requestID: response.requestID ?? body["id"]?.string,
            serviceTier: ServiceTier.unusual(body["service_tier"]?.string))
        read(body["output"]?.array ?? [], into: &reply)
        let reason = status == "incomplete" ? body["incomplete_details"]?["reason"]?.string : "stop"
        reply.finish(reason)
        try reply.breakSilence(in: response, reason: status == "incomplete" ? reason : nil)
        return reply
    }

    private static func read(_ output: [JSONValue], into reply: inout Reply) {
        var logprobs: [JSONValue] = []
        for item in output {
            switch item["type"]?.string {
            case "message":
                for part in item["content"]?.array ?? [] {
                    if let text = part["text"]?.string, part["type"]?.string == "output_text" {
                        reply.content = (reply.content ?? "") + text
                        logprobs += part["logprobs"]?.array ?? []
                    } else if let refusal = part["refusal"]?.string {
                        reply.refusal = (reply.refusal ?? "") + refusal
                    }
                }
            case "function_call":
                reply.toolCalls.append(
                    ToolCall(
                        id: item["call_id"]?.string ?? item["id"]?.string, name: item["name"]?.string,
                        arguments: item["arguments"], number: reply.toolCalls.count + 1
                    ).json)
            default: break
            }
        }
        reply.logprobs = TokenLogprobs.normalized(logprobs)
    }
}
