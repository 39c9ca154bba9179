import HTTP
import Synchronization

/// Gathers the events of one streamed response, and notes when the first token came.
final class StreamCollector: Sendable {
    private struct State {
        var reader = EventReader()
        var events: [ServerSentEvent] = []
        var beginning: [UInt8] = []
        var firstTokenMS: Double?
    }

    /// The beginning of a body that is no stream, for messages.
    private static let kept = 2000

    private let state = Mutex(State())
    private let isToken: @Sendable (ServerSentEvent) -> Bool

    /// Creates a collector that knows tokens by a function.
    init(isToken: @escaping @Sendable (ServerSentEvent) -> Bool) { self.isToken = isToken }

    /// Takes a piece of the body, which came so many milliseconds after the request's start.
    func take(_ piece: ArraySlice<UInt8>, at milliseconds: Double) {
        state.withLock { state in
            if state.beginning.count < Self.kept {
                state.beginning += piece.prefix(Self.kept - state.beginning.count)
            }
            for event in state.reader.take(piece) {
                if state.firstTokenMS == nil, isToken(event) { state.firstTokenMS = milliseconds }
                state.events.append(event)
            }
        }
    }

    /// The response, and milliseconds from the request's start to the first token.
    ///
    /// A server may ignore that a stream was asked for and send the answer as one JSON document, or an HTML page:
    /// then the response has a body and no events. Of a page only the beginning is kept.
    /// - Parameter response: Status and fields.
    func finish(_ response: HTTPResponse) -> (response: APIResponse, firstTokenMS: Double?) {
        state.withLock { state in
            if let last = state.reader.finish() { state.events.append(last) }
            let field = (response.headers["Content-Type"] ?? "").lowercased()
            let type = field.prefix { $0 != ";" && $0 != " " }
            var whole = APIResponse(status: response.status, headers: response.headers)
            if state.reader.hasLines, type == "application/json" {
                whole.body = Array(state.events.map(\.data).joined(separator: "\n").utf8)
                return (whole, nil)
            }
            if state.events.isEmpty, !state.beginning.isEmpty, type != "text/event-stream" {
                whole.body = state.beginning
                return (whole, nil)
            }
            whole.events = state.events
            return (whole, state.firstTokenMS)
        }
    }
}
