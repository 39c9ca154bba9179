public import Results

/// A form in which a run is reported: it turns results into bytes and knows nothing of files.
public protocol Report: Sendable {
    /// Writes the report; throws what the sink throws, and `ResultsError` when the spool cannot be read.
    ///
    /// Memory does not grow with the number of executions.
    func write(_ results: RunResults, to sink: @escaping ReportSink) throws
}
