import Assertions
public import Diagnostics
public import Evals

/// Asks whether the assertions of a plan tell a right answer from none: each is tried on an empty answer, on the text
/// of the prompt, and on the answer of another case.
public struct VacuityProbe: Sendable {
    /// An assertion that passed everything it was tried on, in every case that it stands in.
    public struct Finding: Sendable, Hashable {
        /// Where the assertion stands.
        public let mark: SourceMark
        /// The canonical type, without `not-`.
        public let type: String
        /// The type as written, with `not-`.
        public let writtenType: String
        /// True for `not-`.
        public let isNegated: Bool
        /// The number of times it was tried: once per case, prompt and model.
        public let trials: Int
        /// True when the answer of another case was among what it was tried on.
        public let sawOtherAnswer: Bool
    }

    /// One assertion, wherever it is used.
    private struct Site: Hashable {
        var mark: SourceMark
        var writtenType: String
    }

    /// What is known of an assertion so far.
    private enum Knowledge {
        case toldApart
        case passing(type: String, isNegated: Bool, trials: Int, sawOtherAnswer: Bool)
    }

    /// A prompt of a suite, whose cases lend each other their answers.
    private struct Group: Hashable {
        var suite: String
        var prompt: String
    }

    private struct Donor {
        var caseID: String
        var text: String
    }

    private let answering: any Answering

    /// Creates a probe that takes the answers of cases from `answering`, a replay or a built-in model.
    public init(answering: any Answering) { self.answering = answering }

    /// The assertions that pass everything, in the order of their places.
    ///
    /// Assertions of weight 0 are left out. One that can't be evaluated on such an answer does not pass it.
    /// - Parameter stream: Makes the cases of the plan from the beginning; it is called twice.
    public func findings<Stream: CaseStreaming>(
        _ stream: () -> Stream
    ) async throws(DiagnosticError) -> [Finding] {
        let donors = try await donors(stream())
        var known: [Site: Knowledge] = [:]
        var cases = stream()
        while let planned = try cases.next() {
            guard planned.skip == nil else { continue }
            for trial in planned.trials {
                guard case .success(let assertions) = trial.assertions else { continue }
                await probe(assertions, planned, trial, donors, &known)
            }
        }
        return known.compactMap { site, knowledge in
            guard case .passing(let type, let isNegated, let trials, let sawOther) = knowledge else {
                return nil
            }
            return Finding(
                mark: site.mark, type: type, writtenType: site.writtenType, isNegated: isNegated,
                trials: trials, sawOtherAnswer: sawOther)
        }.sorted { ($0.mark, $0.writtenType) < ($1.mark, $1.writtenType) }
    }

    private func probe(
        _ assertions: [CompiledAssertion], _ planned: PlannedCase, _ trial: PlannedCase.Trial,
        _ donors: [Group: [Donor]], _ known: inout [Site: Knowledge]
    ) async {
        let request = try? trial.request.get()
        let other = donors[Group(suite: planned.suite, prompt: trial.prompt)]?.first {
            $0.caseID != planned.id
        }
        let prompt = request?.messages.map(\.text).joined(separator: "\n")
        let texts = ["", prompt, other?.text].compactMap(\.self)
        for assertion in assertions where assertion.specification.weight > 0 {
            let specification = assertion.specification
            let site = Site(mark: specification.mark, writtenType: specification.writtenType)
            if case .toldApart = known[site] { continue }
            guard await passesAll(assertion, texts, planned, request) else {
                known[site] = .toldApart
                continue
            }
            var trials = 0
            var sawOther = false
            if case .passing(_, _, let before, let saw) = known[site] { (trials, sawOther) = (before, saw) }
            known[site] = .passing(
                type: specification.type, isNegated: specification.isNegated, trials: trials + 1,
                sawOtherAnswer: sawOther || other != nil)
        }
    }

    private func passesAll(
        _ assertion: CompiledAssertion, _ texts: [String], _ planned: PlannedCase, _ request: ModelRequest?
    ) async -> Bool {
        for text in texts {
            // Nothing but the text: what comes with an answer (time, cost, reason) is no part of what is asked here.
            let subject = Subject(
                reply: Reply(content: text), messages: request?.messages ?? [],
                variables: planned.variables, context: planned.context, reference: planned.reference,
                question: planned.question ?? request?.messages.last { $0.role == .user }?.text,
                tools: request?.tools ?? [])
            guard await AssertionEvaluation.evaluate(assertion, on: subject).passed else { return false }
        }
        return true
    }

    /// The answers of the first two cases of each prompt that have different ones: one for each case but its own.
    private func donors(_ stream: some CaseStreaming) async throws(DiagnosticError) -> [Group: [Donor]] {
        var stream = stream
        var donors: [Group: [Donor]] = [:]
        while let planned = try stream.next() {
            guard planned.skip == nil else { continue }
            for trial in planned.trials {
                let group = Group(suite: planned.suite, prompt: trial.prompt)
                let found = donors[group] ?? []
                guard found.count < 2, !found.contains(where: { $0.caseID == planned.id }),
                    let text = await answer(planned, trial), !found.contains(where: { $0.text == text })
                else { continue }
                donors[group] = found + [Donor(caseID: planned.id, text: text)]
            }
        }
        return donors
    }

    private func answer(_ planned: PlannedCase, _ trial: PlannedCase.Trial) async -> String? {
        if let response = planned.response { return response.content }
        guard case .success(let request) = trial.request else { return nil }
        return try? await answering.answer(request).reply.content
    }
}
