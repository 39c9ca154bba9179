import Diagnostics
import Evals
import JSON
import Recordings
import Results
import Reviews
import Suites

/// The answers of a run together with what the project's suites say about them: what sheets are made of.
struct ReviewMaterial {
    /// What became of the answers.
    struct Counts {
        /// Those that are the same as another one, together with all that is shown of them.
        var repeated = 0
        /// Executions without an answer, and answers without text.
        var withoutText = 0
        /// Answers of cases that the judge has no say about.
        var unjudged = 0
        /// Answers that no case of the suites is about.
        var stray = 0
    }

    /// The plan; nil when there is none any more.
    let plan: Plan?
    /// The answers.
    let stored: StoredAnswers
    /// Suites that the command line names; empty: all.
    let suites: Set<String>
    /// What is kept out of sheets; answers are redacted already.
    let redactor: Redactor
    /// The types of assertions.
    let catalog = AssertionCatalog.known

    /// The assertions that ask judges about stored answers, one of each name and type, in the order of the plan.
    func criteria() throws(DiagnosticError) -> [ReviewCriteria] {
        var found: [ReviewCriteria] = []
        try forEachTrial { planned, trial in
            let isStored = planned.samples(of: trial).contains { stored.has(address(planned, trial, $0)) }
            guard isStored else { return }
            for criteria in self.criteria(of: trial) where !found.contains(where: criteria.isAlike) {
                found.append(criteria)
            }
        }
        return found
    }

    /// The items that a sheet has.
    ///
    /// - Parameter metric: The assertion whose criteria are shown; nil: none.
    func items(for metric: String?) throws(DiagnosticError) -> (items: ReviewItems, counts: Counts) {
        var (items, counts) = (ReviewItems(), Counts())
        try forEachTrial { planned, trial in
            let criteria = self.criteria(of: trial).filter { criteria in
                metric.map { criteria.isMeant(by: $0) } ?? false
            }
            for sample in planned.samples(of: trial) {
                guard stored.has(address(planned, trial, sample)) else { continue }
                guard let answer = answer(planned, trial, sample), let text = answer.reply.content else {
                    counts.withoutText += 1
                    continue
                }
                let base = item(text, answer, planned, trial)
                if metric == nil {
                    if !items.add(base) { counts.repeated += 1 }
                } else if criteria.isEmpty {
                    counts.unjudged += 1
                }
                for criteria in criteria where !items.add(item(base, criteria, planned)) {
                    counts.repeated += 1
                }
            }
        }
        for text in strayTexts() {
            guard let text else {
                counts.withoutText += 1
                continue
            }
            counts.stray += 1
            if !items.add(ReviewItem(answer: text)) { counts.repeated += 1 }
        }
        return (items, counts)
    }

    /// Every item that a sheet of these results may have had.
    func allItems() throws(DiagnosticError) -> ReviewItems {
        var items = ReviewItems()
        try forEachTrial { planned, trial in
            let criteria = self.criteria(of: trial)
            for sample in planned.samples(of: trial) {
                guard let answer = answer(planned, trial, sample), let text = answer.reply.content else {
                    continue
                }
                let base = item(text, answer, planned, trial)
                _ = items.add(base)
                _ = items.add(ReviewItem(answer: text))
                for criteria in criteria { _ = items.add(item(base, criteria, planned)) }
            }
        }
        for case let text? in strayTexts() { _ = items.add(ReviewItem(answer: text)) }
        return items
    }

    private func forEachTrial(
        _ body: (PlannedCase, PlannedCase.Trial) -> Void
    ) throws(DiagnosticError) {
        guard var stream = plan?.stream() else { return }
        while let planned = try stream.next() {
            for trial in planned.trials { body(planned, trial) }
        }
    }

    private func criteria(of trial: PlannedCase.Trial) -> [ReviewCriteria] {
        ReviewCriteria.all(in: (try? trial.assertions.get()) ?? [], catalog: catalog)
    }

    private func address(
        _ planned: PlannedCase, _ trial: PlannedCase.Trial, _ sample: Int
    ) -> ExecutionAddress {
        ExecutionAddress(
            suite: planned.suite, caseID: planned.id, prompt: trial.prompt, model: trial.model.name,
            sample: sample)
    }

    private func answer(_ planned: PlannedCase, _ trial: PlannedCase.Trial, _ sample: Int) -> Answer? {
        try? stored.answer(of: address(planned, trial, sample))
    }

    /// What a judge would see of an answer, without criteria.
    private func item(
        _ text: String, _ answer: Answer, _ planned: PlannedCase, _ trial: PlannedCase.Trial
    ) -> ReviewItem {
        let asked = try? trial.request.get().messages.last { $0.role == .user }?.text
        return ReviewItem(
            question: (planned.question ?? asked).map(redactor.masking),
            context: (answer.reply.context ?? planned.context).map(redactor.masking),
            reference: planned.reference.map(redactor.masking), answer: text)
    }

    private func item(
        _ base: ReviewItem, _ criteria: ReviewCriteria, _ planned: PlannedCase
    ) -> ReviewItem {
        var item = base
        item.criteria = redactor.masking(criteria.text)
        let variables = JSONValue.object(criteria.variables(of: planned)).mappingTexts(redactor.masking)
        item.variables = variables.object ?? [:]
        return item
    }

    /// The texts of answers that the plan has no place for; nil for those without text.
    private func strayTexts() -> [String?] {
        let planned = Set((plan?.groups ?? []).map(\.suite))
        return stored.unused.filter {
            suites.isEmpty || suites.contains($0.suite) || planned.contains($0.suite)
        }
        .map { (try? stored.answer(of: $0))?.reply.content }
    }
}
