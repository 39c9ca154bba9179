public import Evals
import Files
import Results

/// Runs a plan with a bounded number of executions at the same time, and hands the results on in the plan's order.
public struct Dispatcher: Sendable {
    private let executor: CaseExecutor
    private let jobs: Int
    private let failsFast: Bool
    private let isInterrupted: @Sendable () -> Bool

    /// Creates a dispatcher.
    ///
    /// - Parameters:
    ///   - jobs: Executions at the same time, at least 1.
    ///   - failsFast: Whether to stop at the first execution that failed or errored. The results are those of a
    ///     run that executes one after the other, whatever `jobs` is.
    ///   - isInterrupted: Asked before each execution; once true, the rest is not run.
    public init(
        executor: CaseExecutor, jobs: Int = 64, failsFast: Bool = false,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.executor = executor
        self.jobs = max(1, jobs)
        self.failsFast = failsFast
        self.isInterrupted = isInterrupted
    }

    /// Runs all cases of a stream and tells what happens: the start, then each execution once, in the plan's order.
    ///
    /// Executions that are not run, since the run was stopped or interrupted, are errored and told too.
    /// Throws what the stream, `tell` or the disk throws.
    public func run(
        _ stream: inout some CaseStreaming, header: RunHeader, tell: (RunEvent) throws -> Void
    ) async throws {
        try tell(.started(header))
        var delivery = Delivery(failsFast: failsFast)
        var index = 0
        try await withThrowingTaskGroup(of: (Int, Boxed<Execution>).self) { group in
            var running = 0
            while let planned = try stream.next() {
                let shared = Boxed(wrappedValue: planned)
                let comparing = planned.comparesAnswers
                var rivals: [Int: Rivals] = [:]
                for (number, trial) in planned.trials.enumerated() {
                    for sample in planned.samples(of: trial) {
                        // First take what has ended, since it may be the failure at which to stop.
                        if running >= jobs, let (place, execution) = try await group.next() {
                            running -= 1
                            try delivery.accept(execution.wrappedValue, at: place, tell)
                        }
                        let stop = isInterrupted() ? Delivery.interrupted : delivery.stop
                        if let stop, planned.skip == nil {
                            var execution = Execution(planned: planned, trial: trial, sample: sample)
                            execution.error = stop
                            if let rivals = rivals[sample] {
                                execution.spent = await executor.spent(on: number, of: planned, among: rivals)
                            }
                            execution.applyExpectations(of: planned)
                            try delivery.accept(execution, at: index, tell)
                        } else {
                            running += 1
                            if comparing, rivals[sample] == nil {
                                rivals[sample] = executor.rivals(of: planned, sample: sample)
                            }
                            group.addTask { [executor, index, rivals = rivals[sample]] in
                                (
                                    index,
                                    await executor.execute(
                                        shared, trial: number, sample: sample, rivals: rivals)
                                )
                            }
                        }
                        index += 1
                    }
                }
            }
            for try await (place, execution) in group {
                try delivery.accept(execution.wrappedValue, at: place, tell)
            }
        }
    }
}

/// Puts results back into the plan's order, and stops after the first failure when that is wanted.
private struct Delivery {
    /// Why executions are not run after an interrupt.
    static let interrupted = EvaluationError(
        .interrupted, "the run was interrupted before this execution finished", hint: "run again")

    private static let stopped = EvaluationError(
        .failFast, "not run, since --fail-fast stopped the run at an earlier failure",
        hint: "run again without --fail-fast")

    private let failsFast: Bool
    private var order: PlanOrder<Execution>
    /// Why further executions need not run; nil while they do.
    private(set) var stop: EvaluationError?

    init(failsFast: Bool) {
        self.failsFast = failsFast
        let spill = ExecutionSpill()
        order = PlanOrder(
            spill: PlanOrder<Execution>.Spill(store: { try spill.store($0) }, load: { try spill.load($0) }))
    }

    mutating func accept(_ execution: Execution, at index: Int, _ tell: (RunEvent) throws -> Void) throws {
        try order.insert(execution, at: index)
        while var next = try order.next() {
            // It may have run already, at the same time as the failure; the result must not depend on that.
            if let stop, next.error?.kind != .interrupted { next = next.notRun(stop) }
            try tell(.finished(next))
            if failsFast, stop == nil, !next.isAdvisory, next.status == .failed || next.status == .errored {
                stop = Self.stopped
            }
        }
    }
}

extension Execution {
    /// The execution as if it had not been run, for the reason given.
    ///
    /// One that its author skips stays as it is. One in quarantine stays out of the count, errored underneath.
    /// What was spent on the answer stays, since it is spent.
    fileprivate func notRun(_ reason: EvaluationError) -> Execution {
        // Only quarantine leaves an outcome in a skipped execution, and `skip:` neither outcome nor answer.
        let isQuarantined = status == .skipped && outcome != nil
        if status == .skipped, !isQuarantined, answer == nil { return self }
        var fresh = Execution(
            suite: suite, caseID: caseID, tags: tags, prompt: prompt, version: version, model: model,
            isAdvisory: isAdvisory, sample: sample, step: step, requiredPasses: requiredPasses, mark: mark,
            row: row)
        fresh.spent = spent
        fresh.error = reason
        if isQuarantined {
            fresh.status = .skipped
            fresh.outcome = .errored
            fresh.statusReason = statusReason
        }
        return fresh
    }
}

/// Results far ahead of the plan's order, put away on disk.
private final class ExecutionSpill {
    private var spool: Spool?
    private var ranges: [Spool.Range] = []

    func store(_ execution: Execution) throws -> Int {
        let open = spool ?? Spool()
        spool = open
        ranges.append(open.append(ExecutionJSON().encode(execution)))
        return ranges.count - 1
    }

    func load(_ token: Int) throws -> Execution {
        guard let spool, ranges.indices.contains(token) else { throw CancellationError() }
        return try ExecutionJSON().decode(try spool.read(ranges[token]))
    }
}
