import Synchronization

/// What a process printed and nobody has taken yet; bounded.
final class OutputBox: Sendable {
    /// What was taken.
    enum Piece: Sendable, Hashable {
        /// A line, without its line feed.
        case line([UInt8])
        /// The output has ended; the rest after the last line feed.
        case end([UInt8])
        /// More than the limit without an end.
        case tooMuch
    }

    private enum Wish { case line, end }

    private struct State {
        var bytes: [UInt8] = []
        var searched = 0
        var hasEnded = false
        var isTooMuch = false
        var waiter: (wish: Wish, continuation: CheckedContinuation<Piece, Never>)?
    }

    /// The most bytes of an answer.
    let limit: Int
    private let state = Mutex(State())

    /// Creates an empty box.
    init(limit: Int) { self.limit = limit }

    /// True when something lies there that nobody asked for.
    var hasOutput: Bool { state.withLock { !$0.bytes.isEmpty || $0.isTooMuch } }

    /// True when no more will come.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Some of what lies there, for messages.
    var excerpt: [UInt8] { state.withLock { Array($0.bytes.prefix(2000)) } }

    /// Adds bytes; false when there are too many, and the process had better be killed.
    func append(_ more: some Sequence<UInt8>) -> Bool {
        change { state in
            state.bytes.append(contentsOf: more)
            if state.bytes.count > limit { state.isTooMuch = true }
        }
        return state.withLock { !$0.isTooMuch }
    }

    /// Notes that no more will come.
    func finish() { change { $0.hasEnded = true } }

    /// The next line, as soon as it is there; one reader at a time.
    func line() async -> Piece { await take(.line) }

    /// Everything up to the end of the output; one reader at a time.
    func all() async -> Piece { await take(.end) }

    private func take(_ wish: Wish) async -> Piece {
        await withCheckedContinuation { continuation in change { $0.waiter = (wish, continuation) } }
    }

    private func change(_ body: (inout State) -> Void) {
        let ready = state.withLock { state -> (CheckedContinuation<Piece, Never>, Piece)? in
            body(&state)
            guard let waiter = state.waiter, let piece = Self.piece(waiter.wish, &state, limit) else {
                return nil
            }
            state.waiter = nil
            return (waiter.continuation, piece)
        }
        ready?.0.resume(returning: ready?.1 ?? .tooMuch)
    }

    private static func piece(_ wish: Wish, _ state: inout State, _ limit: Int) -> Piece? {
        if wish == .line,
            let feed = state.bytes[state.searched...].firstIndex(of: UInt8(ascii: "\n")), feed <= limit
        {
            let line = Array(state.bytes[..<feed])
            state.bytes.removeSubrange(...feed)
            state.searched = 0
            return .line(line)
        }
        state.searched = state.bytes.count
        if state.isTooMuch { return .tooMuch }
        guard state.hasEnded else { return nil }
        defer {
            state.bytes = []
            state.searched = 0
        }
        return .end(state.bytes)
    }
}

/// The end of what a process wrote to standard error.
final class ErrorTail: Sendable {
    private static let limit = 4096
    private let bytes = Mutex<[UInt8]>([])

    /// Adds bytes, and forgets old ones.
    func append(_ more: some Sequence<UInt8>) {
        bytes.withLock { bytes in
            bytes.append(contentsOf: more)
            if bytes.count > 2 * Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
        }
    }

    /// The last lines, at most 4 KiB.
    var text: String {
        let tail = bytes.withLock { Array($0.suffix(Self.limit)) }
        return String(decoding: tail, as: UTF8.self)
    }
}
