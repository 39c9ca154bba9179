import Diagnostics
import Evals

extension Reply {
    /// Takes over why the answer ended; an answer that ends with tool calls ended for them, though some servers call
    /// that `stop`.
    ///
    /// - Parameter word: The provider's own word.
    mutating func finish(_ word: String?) {
        finishReason = FinishReason.shared(word)
        if finishReason == "stop", !toolCalls.isEmpty { finishReason = "tool_calls" }
    }

    /// Makes sure that something is said: text, a tool call or a refusal.
    ///
    /// All tokens may have gone into thinking: then the answer is there, and empty. An answer that was filtered away
    /// is the provider's refusal. Any other silence is a failure.
    /// - Parameters:
    ///   - reason: The provider's own word for why the answer ended.
    ///   - note: What the provider says about it.
    mutating func breakSilence(
        in response: APIResponse, reason: String? = nil, note: String? = nil
    ) throws(CallFailure) {
        // An empty text beside calls or a refusal says nothing.
        if content?.isEmpty == true, !toolCalls.isEmpty || refusal != nil { content = nil }
        guard content == nil, toolCalls.isEmpty, refusal == nil else { return }
        switch finishReason {
        case "length": content = ""
        case "content_filter": refusal = "the provider filtered the answer"
        default:
            let said = [reason, note].compactMap { $0 }.joined(separator: ", ")
            let why = said.isEmpty ? "" : " (the provider says: \(TerminalText.excerpt(said, limit: 300)))"
            throw response.unreadable(
                "the response has no answer in it\(why)", code: finishReason == nil ? reason : nil,
                requestID: requestID)
        }
    }
}
