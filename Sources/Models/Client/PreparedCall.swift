import Evals
import HTTP
import JSON

/// A call that is ready to be sent: request, key and all.
final class PreparedCall: Sendable {
    /// What is sent, with address and key.
    let prepared: PreparedRequest
    /// Whether a stream was asked for.
    let streams: Bool
    /// What a response means.
    let read: @Sendable (APIResponse) throws(CallFailure) -> Reply
    /// Whether an event of a stream carries a piece of the answer.
    let isToken: @Sendable (ServerSentEvent) -> Bool

    /// Puts a call together.
    ///
    /// Errors: what the API can't send, and those of `PreparedRequest`.
    init(
        _ request: ModelRequest, over route: Route, images: ImageSource, _ environment: (String) -> String?
    ) throws(EvaluationError) {
        let (settings, api) = (route.settings, route.api)
        isToken = { api.isToken($0) }
        let call: APICall
        if request.site.purpose.hasPrefix("embedding/") {
            streams = false
            call = try api.embeddingCall(for: request)
            read = { (response) throws(CallFailure) in try api.embeddingReply(from: response) }
        } else if request.site.purpose.hasPrefix("moderation/") {
            streams = false
            call = try api.moderationCall(for: request)
            read = { (response) throws(CallFailure) in try api.moderationReply(from: response) }
        } else {
            streams = settings.streams && api.canStream
            call = try api.call(for: request, images: images, streams: streams)
            read = { (response) throws(CallFailure) in try api.reply(from: response) }
        }
        prepared = try PreparedRequest(
            PreparedRequest.Draft(
                method: call.method, path: call.path, headers: call.headers,
                body: JSONWriter.compact.bytes(of: call.body)),
            settings: settings, api: api, model: request.model.model, environment: environment)
    }

    /// What a response means; secrets that a failed one echoes are in no message, not even in parts.
    func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        try prepared.reading(response, read)
    }
}
