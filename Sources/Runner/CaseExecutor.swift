import Assertions
public import Evals
import JSON

/// Executes one sample of a case on one prompt and model: asks, judges, decides.
public struct CaseExecutor: Sendable {
    private let answering: any Answering
    private let prices: PriceTable
    /// Boxed, since every waiting execution holds a copy of the executor.
    @Boxed private var desk: JudgeDesk
    private let redact: @Sendable (String) -> String

    /// Creates an executor that asks `answering` and prices answers by a table.
    ///
    /// - Parameters:
    ///   - desk: What judges need; by default there are none.
    ///   - redact: Takes secrets out of the texts that a suite's author wrote, such as what an assertion expects,
    ///     before they reach a report; answers are redacted already.
    public init(
        answering: any Answering, prices: PriceTable, desk: JudgeDesk = JudgeDesk(),
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.answering = answering
        self.prices = prices
        self.desk = desk
        self.redact = redact
    }

    /// The execution with its result; trouble is part of the result, nothing is thrown.
    ///
    /// Thousands of executions wait for answers at the same time, so that what they hold meanwhile is kept small:
    /// the work before and after is done in functions of their own, off the frame that is suspended.
    ///
    /// - Parameters:
    ///   - trial: Which of the case's trials.
    ///   - rivals: The answers of all trials to this sample, where an assertion compares them.
    public func execute(
        _ planned: Boxed<PlannedCase>, trial: Int, sample: Int, rivals: Rivals? = nil
    ) async -> Boxed<Execution> {
        if planned.wrappedValue.skip != nil { return skipped(planned, trial, sample) }
        switch request(planned, trial, sample) {
        case .failure(let error): return errored(error, planned, trial, sample)
        case .success(let request):
            do throws(EvaluationError) {
                let answer: Answer
                if let rivals {
                    answer = try await rivals.answer(of: trial)
                } else {
                    answer = try await answering.answer(request)
                }
                return await judged(answer, to: request, planned, trial, sample, rivals)
            } catch {
                return errored(error, planned, trial, sample)
            }
        }
    }

    /// The answers of a case's trials to one sample, each asked for once, for assertions that compare them.
    func rivals(of planned: PlannedCase, sample: Int) -> Rivals {
        let all = planned.trials.map { trial in
            Rivals.Rival(
                prompt: trial.prompt, model: trial.model.name,
                request: trial.request.map { request in
                    var request = request
                    request.sample = sample
                    return request
                },
                isExecuted: (try? trial.assertions.get()) != nil
                    && planned.samples(of: trial).contains(sample))
        }
        return Rivals(all, answering: answering) { answer, request in
            subject(answer, to: request, of: planned)
        }
    }

    /// What was spent on an answer that a rival asked for, though its own execution is not run; nil when that is not
    /// known.
    func spent(on trial: Int, of planned: PlannedCase, among rivals: Rivals) async -> Money? {
        guard rivals.all[trial].isExecuted, let answer = await rivals.askedAnswer(of: trial) else {
            return .zero
        }
        return spent(on: answer, by: planned.trials[trial].model)
    }

    private func spent(
        on answer: Result<Answer, EvaluationError>, by model: ModelSpecification
    ) -> Money? {
        switch answer {
        case .success(let answer):
            answer.source == .live ? prices.cost(of: answer.reply, asked: model) : .zero
        case .failure(let error): error.mayHaveCost ? nil : .zero
        }
    }

    private func subject(_ answer: Answer, to request: ModelRequest, of planned: PlannedCase) -> Subject {
        var subject = Subject(
            reply: answer.reply, cost: prices.cost(of: answer.reply, asked: request.model),
            messages: request.messages, variables: planned.variables,
            context: answer.reply.context ?? planned.context, reference: planned.reference,
            question: planned.question, tools: request.tools)
        if subject.question == nil { subject.question = request.messages.last { $0.role == .user }?.text }
        return subject
    }

    @inline(never)
    private func skipped(_ planned: Boxed<PlannedCase>, _ trial: Int, _ sample: Int) -> Boxed<Execution> {
        let planned = planned.wrappedValue
        var execution = Execution(planned: planned, trial: planned.trials[trial], sample: sample)
        execution.status = .skipped
        execution.statusReason = planned.skip
        return Boxed(wrappedValue: execution)
    }

    @inline(never)
    private func errored(
        _ error: EvaluationError, _ planned: Boxed<PlannedCase>, _ trial: Int, _ sample: Int
    ) -> Boxed<Execution> {
        let planned = planned.wrappedValue
        var execution = Execution(planned: planned, trial: planned.trials[trial], sample: sample)
        execution.status = .errored
        execution.error = redacted(error)
        // How much is not known, and never shown as nothing.
        if error.mayHaveCost { execution.spent = nil }
        execution.applyExpectations(of: planned)
        return Boxed(wrappedValue: execution)
    }

    @inline(never)
    private func request(
        _ planned: Boxed<PlannedCase>, _ trial: Int, _ sample: Int
    ) -> Result<ModelRequest, EvaluationError> {
        let trial = planned.wrappedValue.trials[trial]
        return trial.request.flatMap { request in
            // What can't be judged need not be asked.
            if case .failure(let error) = trial.assertions { return .failure(error) }
            var request = request
            request.sample = sample
            return .success(request)
        }
    }

    private func judged(
        _ answer: Answer, to request: ModelRequest, _ planned: Boxed<PlannedCase>, _ number: Int,
        _ sample: Int, _ rivals: Rivals?
    ) async -> Boxed<Execution> {
        let planned = planned.wrappedValue
        let trial = planned.trials[number]
        var execution = Execution(planned: planned, trial: trial, sample: sample)
        execution.answer = answer
        var subject = subject(answer, to: request, of: planned)
        execution.cost = subject.cost
        if answer.source == .live { execution.spent = execution.cost }
        let assertions = (try? trial.assertions.get()) ?? []
        if assertions.contains(where: \.asks) {
            subject.interview = interview(request, assertions, rivals, number)
        }
        let judging = CaseJudging(
            assertions: assertions, subject: subject, threshold: planned.threshold,
            moment: desk.settings.moment)
        execution.assertions = await judging.results().map { redacted($0) }
        if let use = subject.interview?.use, use != JudgeUse() {
            execution.judging = use
            execution.spent = execution.spent.flatMap { spent in use.spent.map { spent + $0 } }
        }
        if let rivals { await count(rivals.strayAnswers(), of: planned, in: &execution) }
        let outcome = CaseOutcome.decide(results: execution.assertions, threshold: planned.threshold)
        execution.status = outcome.status
        execution.score = outcome.score
        execution.error = outcome.error.map(redacted)
        if outcome.status == .skipped {
            execution.statusReason = "every assertion that decides is in quarantine"
        }
        execution.applyExpectations(of: planned)
        return Boxed(wrappedValue: execution)
    }

    /// Counts what was spent on answers that this execution was compared with, and that no execution of the run counts.
    private func count(
        _ strays: [(rival: Int, answer: Result<Answer, EvaluationError>)], of planned: PlannedCase,
        in execution: inout Execution
    ) {
        for (rival, answer) in strays {
            let cost = spent(on: answer, by: planned.trials[rival].model)
            execution.spent = execution.spent.flatMap { spent in cost.map { spent + $0 } }
        }
    }

    private func interview(
        _ request: ModelRequest, _ assertions: [CompiledAssertion], _ rivals: Rivals?, _ number: Int
    ) -> Interview {
        var shared: [String: [JSONValue]] = [:]
        for question in assertions.compactMap(\.sharedQuestion) {
            shared[question.group, default: []].append(question.content)
        }
        return Interview(
            about: request, desk: desk, answering: answering, rivals: rivals,
            place: rivals.map { _ in number },
            shared: shared)
    }

    private func redacted(_ result: AssertionResult) -> AssertionResult {
        var copy = result
        copy.reason = redact(result.reason)
        copy.expected = result.expected.map(redact)
        copy.actual = result.actual.map(redact)
        copy.error = result.error.map(redacted)
        copy.inner = result.inner.map { redacted($0) }
        copy.details = result.details.map { $0.mappingTexts(redact) }
        return copy
    }

    private func redacted(_ error: EvaluationError) -> EvaluationError {
        EvaluationError(
            error.kind, redact(error.message), hint: error.hint.map(redact), attempts: error.attempts,
            mayHaveCost: error.mayHaveCost)
    }
}

extension PlannedCase {
    /// True when an assertion needs the answers of all trials.
    var comparesAnswers: Bool {
        skip == nil
            && trials.contains { trial in
                (try? trial.assertions.get())?.contains(where: \.compares) ?? false
            }
    }
}

extension Execution {
    /// An execution of a plan that has no result yet.
    init(planned: PlannedCase, trial: PlannedCase.Trial, sample: Int) {
        self.init(
            suite: planned.suite, caseID: planned.id, tags: planned.tags, prompt: trial.prompt,
            version: trial.version, model: trial.model.name, isAdvisory: trial.model.isAdvisory,
            sample: sample,
            requiredPasses: planned.repetition.pass, mark: planned.mark, row: planned.row)
    }

    /// Swaps passed and failed of a case that is expected to fail, and takes one in quarantine out of the count;
    /// `outcome` keeps what it was.
    mutating func applyExpectations(of planned: PlannedCase) {
        if let reason = planned.expectedFailure, status == .passed || status == .failed {
            outcome = status
            statusReason =
                status == .failed
                ? "fails as expected: \(reason)" : "passes, but is expected to fail: \(reason)"
            status = status == .failed ? .passed : .failed
        }
        if let quarantine = planned.quarantine {
            outcome = outcome ?? status
            statusReason =
                "in quarantine until \(quarantine.until) (\(quarantine.owner)): \(quarantine.reason)"
            status = .skipped
        }
    }
}
