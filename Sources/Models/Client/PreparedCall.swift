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
    ///
    /// They are taken out of the response before it is read again: messages are cut, and a key that a cut parts
    /// would not be found any more.
    func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        do throws(CallFailure) {
            return try read(response)
        } catch {
            var failure = error
            if let clean = masked(response) {
                do throws(CallFailure) {
                    _ = try read(clean)
                } catch {
                    failure = error
                }
            }
            failure.message = prepared.masked(failure.message)
            failure.hint = failure.hint.map(prepared.masked)
            failure.requestID = failure.requestID.map(prepared.masked)
            throw failure
        }
    }

    /// The response without secrets; nil when there are none in it.
    private func masked(_ response: APIResponse) -> APIResponse? {
        guard !prepared.secrets.isEmpty else { return nil }
        var copy = response
        copy.body = Array(prepared.masked(String(decoding: response.body, as: UTF8.self)).utf8)
        copy.events = response.events.map { events in
            events.map { ServerSentEvent(type: $0.type, data: prepared.masked($0.data)) }
        }
        return copy.body == response.body && copy.events == response.events ? nil : copy
    }
}
