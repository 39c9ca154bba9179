public import Diagnostics

/// What became of the answers that were to be recorded.
public struct RecordingOutcome: Sendable {
    /// The files written, relative to the project, in order.
    public var paths: [String] = []
    /// The number of answers that are in these files now.
    public var answers = 0
    /// Those of them that took the place of another answer to an unchanged request.
    public var rerolled = 0
    /// Why others could not be recorded; the files that they belong into are as they were.
    public var failures: [Diagnostic] = []

    /// The most failures that are told one by one.
    private static let mostFailures = 20
    /// The failures that are not told.
    private var untold = 0

    /// Creates an outcome of nothing.
    public init() {}

    /// Adds failures; past 20 they are only counted, since a full disk fails everything.
    mutating func add(failures more: [Diagnostic]) {
        let room = max(0, Self.mostFailures - failures.count)
        failures += more.prefix(room)
        untold += max(0, more.count - room)
    }

    /// Adds a failure that tells of those that were only counted.
    mutating func close() {
        guard untold > 0 else { return }
        failures.append(
            Diagnostic(
                "recording-not-written",
                "\(untold) more recordings could not be written, for reasons like these"))
        untold = 0
    }
}
