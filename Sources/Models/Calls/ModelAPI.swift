public import Evals

/// The API of a kind of provider, as two pure functions: what is sent for a request, and what a response means.
public protocol ModelAPI: Sendable {
    /// Where requests go when the project says nothing, without a slash at the end; nil: `base_url` is needed.
    var defaultBaseURL: String? { get }
    /// How the key is sent.
    var credential: CredentialPlacement { get }
    /// The environment variables that usually hold the key, the first one set being used; empty: none is needed.
    var usualKeyVariables: [String] { get }

    /// Whether answers can come as a stream of text.
    var canStream: Bool { get }

    /// What is sent.
    ///
    /// Only parameters that were written are sent, under the API's own names.
    /// - Parameters:
    ///   - images: Reads the images of messages.
    ///   - streams: Whether the answer is wanted as a stream.
    func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall

    /// What a response says; a refusal and a filtered answer are replies, not failures.
    ///
    /// Leaves latency, time to first token and attempts unset: they are the caller's.
    func reply(from response: APIResponse) throws(CallFailure) -> Reply

    /// True for an event that carries a piece of the answer (text, reasoning or a tool call).
    func isToken(_ event: ServerSentEvent) -> Bool

    /// What is sent for the embedding of a text: the last message of the user.
    ///
    /// Throws for the kinds of provider that have no embeddings.
    func embeddingCall(for request: ModelRequest) throws(EvaluationError) -> APICall

    /// The embedding in a response: a reply whose content is a JSON list of numbers.
    func embeddingReply(from response: APIResponse) throws(CallFailure) -> Reply

    /// What is sent to a moderation endpoint: the last message of the user.
    ///
    /// Throws for the kinds of provider that have none.
    func moderationCall(for request: ModelRequest) throws(EvaluationError) -> APICall

    /// What a moderation endpoint says: a reply whose content is a JSON object `{flagged, categories, category_scores}`.
    func moderationReply(from response: APIResponse) throws(CallFailure) -> Reply

    /// What a provider would reject in a request, found before money is spent.
    func complaints(about request: ModelRequest) -> [RequestComplaint]
}

extension ModelAPI {
    /// True, as for most.
    public var canStream: Bool { true }

    /// Refuses, as for the kinds that have no embeddings.
    public func embeddingCall(for request: ModelRequest) throws(EvaluationError) -> APICall {
        throw EvaluationError(
            .provider, "the kind of the provider '\(request.model.provider)' has no embeddings",
            hint: "use a model of the kind openai, azure, gemini, ollama or openai-compatible")
    }

    /// Refuses, as for the kinds that have no embeddings.
    public func embeddingReply(from response: APIResponse) throws(CallFailure) -> Reply {
        throw response.unreadable("embeddings are not read from this kind of provider")
    }

    /// Refuses, as for the kinds that have no moderation endpoint.
    public func moderationCall(for request: ModelRequest) throws(EvaluationError) -> APICall {
        throw EvaluationError(
            .provider, "the kind of the provider '\(request.model.provider)' has no moderation endpoint",
            hint: "use a model of the kind openai, openai-responses or openai-compatible")
    }

    /// Refuses, as for the kinds that have no moderation endpoint.
    public func moderationReply(from response: APIResponse) throws(CallFailure) -> Reply {
        throw response.unreadable("moderations are not read from this kind of provider")
    }
}
