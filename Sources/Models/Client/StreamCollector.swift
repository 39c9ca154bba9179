import Synchronization

/// Gathers the events of one streamed response, and notes when the first token came.
final class StreamCollector: Sendable {
    private struct State {
        var reader = EventReader()
        var events: [ServerSentEvent] = []
        var firstTokenMS: Double?
    }

    private let state = Mutex(State())
    private let isToken: @Sendable (ServerSentEvent) -> Bool

    /// Creates a collector that knows tokens by a function.
    init(isToken: @escaping @Sendable (ServerSentEvent) -> Bool) { self.isToken = isToken }

    /// Takes a piece of the body, which came so many milliseconds after the request's start.
    func take(_ piece: ArraySlice<UInt8>, at milliseconds: Double) {
        state.withLock { state in
            for event in state.reader.take(piece) {
                if state.firstTokenMS == nil, isToken(event) { state.firstTokenMS = milliseconds }
                state.events.append(event)
            }
        }
    }

    /// All events, and milliseconds from the request's start to the first token.
    func finish() -> (events: [ServerSentEvent], firstTokenMS: Double?) {
        state.withLock { state in
            if let last = state.reader.finish() { state.events.append(last) }
            return (state.events, state.firstTokenMS)
        }
    }
}
