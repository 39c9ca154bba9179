public import Diagnostics
public import Evals
public import Files

/// What failed or errored in an earlier run, for `--failed`.
public struct FailedExecutions: Sendable {
    /// The executions with the status failed or errored; those of advisory models too.
    public let addresses: Set<ExecutionAddress>
    /// What was known before that run.
    public let header: RunHeader
    /// How that run ended: without failures it may still have missed a gate.
    public let exitStatus: ExitStatus
    /// Executions that the run declared and that have no result, since it was cut short: they can't be named.
    public let withoutResult: Int

    /// Reads results, one execution in memory at a time.
    ///
    /// The errors are those of `ResultsFile.read`.
    public init(_ stream: ByteStream) throws(DiagnosticError) {
        var addresses: Set<ExecutionAddress> = []
        var count = 0
        let head = try ResultsFile(stream).read { execution in
            count += 1
            guard execution.status == .failed || execution.status == .errored else { return }
            addresses.insert(ExecutionAddress(of: execution))
        }
        self.addresses = addresses
        header = head.header
        exitStatus = head.exitStatus
        withoutResult = max(0, head.header.executions - count)
    }
}
