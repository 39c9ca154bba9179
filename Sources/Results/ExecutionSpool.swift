public import Evals
public import Files
import Synchronization

/// The executions of a run in the plan's order, on disk, so that memory holds a few bytes for each only.
public final class ExecutionSpool: Sendable {
    /// What is held of each execution: five bytes, since there may be very many.
    private struct Index: Sendable {
        var lengths: [UInt32] = []
        var statuses: [UInt8] = []
    }

    private let spool: Spool
    private let index = Mutex(Index())
    private let codec = ExecutionJSON()
    private static let statuses = Execution.Status.allCases

    /// Creates an empty spool in an unlinked temporary file.
    public init() { spool = Spool() }

    /// The number of executions.
    public var count: Int { index.withLock { $0.lengths.count } }

    /// Adds the next execution of the plan; from one task at a time, since the order is that of the calls.
    public func append(_ execution: Execution) throws(FileError) {
        let bytes = codec.encode(execution)
        guard let length = UInt32(exactly: bytes.count) else {
            throw FileError(
                .tooLarge, path: "temporary file", operation: "write", reason: "an answer above 4 GiB")
        }
        _ = spool.append(bytes)
        let status = UInt8(Self.statuses.firstIndex(of: execution.status) ?? 0)
        index.withLock { index in
            index.lengths.append(length)
            index.statuses.append(status)
        }
    }

    /// Walks the executions in order, one in memory at a time; `statuses` nil means all.
    ///
    /// Throws `ResultsError` when one cannot be read, and what the body throws.
    public func forEach(
        statuses: Set<Execution.Status>? = nil, _ body: (Execution) throws -> Void
    ) throws {
        try forEachEncoded(statuses: statuses) { bytes in try body(codec.decode(bytes)) }
    }

    /// Walks the executions in order as the compact JSON objects that results have.
    ///
    /// Throws `ResultsError` when one cannot be read, and what the body throws.
    public func forEachEncoded(
        statuses: Set<Execution.Status>? = nil, _ body: ([UInt8]) throws -> Void
    ) throws {
        let snapshot = index.withLock { $0 }
        var offset = 0
        for (length, status) in zip(snapshot.lengths, snapshot.statuses) {
            let range = Spool.Range(offset: offset, count: Int(length))
            offset += Int(length)
            guard statuses?.contains(Self.statuses[Int(status)]) ?? true else { continue }
            try body(bytes(range))
        }
    }

    private func bytes(_ range: Spool.Range) throws(ResultsError) -> [UInt8] {
        do {
            return try spool.read(range)
        } catch {
            throw .file(error)
        }
    }
}
