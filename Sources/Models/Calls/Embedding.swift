import Evals
import JSON

/// What the APIs do alike for embeddings.
enum Embedding {
    /// A reply whose content is a JSON list of numbers.
    ///
    /// - Parameters:
    ///   - vector: What the response has where the embedding should be.
    ///   - tokens: The tokens of the text; nil when they are unknown.
    static func reply(
        _ vector: JSONValue?, model: JSONValue?, tokens: JSONValue?, in response: APIResponse
    ) throws(CallFailure) -> Reply {
        guard let numbers = vector?.array, !numbers.isEmpty, numbers.allSatisfy({ $0.number != nil }) else {
            throw response.unreadable("the response has no list of numbers in it")
        }
        return Reply(
            servedModel: model?.string, content: JSONWriter.compact.text(of: .array(numbers)),
            usage: TokenCount.count(tokens).map { Usage(inputTokens: $0, outputTokens: 0) },
            requestID: response.requestID)
    }
}
