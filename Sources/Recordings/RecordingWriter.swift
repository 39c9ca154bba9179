public import Diagnostics
public import Evals

/// Puts new exchanges into the recordings of a project, all or none: each file once, whole.
///
/// For answers that someone has and can bring in again; those of a run are kept by a `RecordingSession`.
public struct RecordingWriter: ~Copyable {
    private let session: RecordingSession

    /// Creates a writer that changes nothing until `commit`.
    public init(store: FixtureStore) { session = RecordingSession(store: store) }

    /// Adds an exchange; the request and its reply are redacted already.
    public mutating func add(_ exchange: Exchange, at site: CallSite) { session.add(exchange, at: site) }

    /// Writes the files, what they hold beside the new exchanges kept; returns their paths in order.
    ///
    /// A damaged file that would be replaced is an error, and no file is written then.
    public consuming func commit() throws(DiagnosticError) -> [String] {
        let damage = session.damage()
        guard damage.isEmpty else { throw DiagnosticError(damage) }
        let outcome = session.commit(isComplete: false)
        guard outcome.failures.isEmpty else { throw DiagnosticError(outcome.failures) }
        return outcome.paths
    }
}
