public import Diagnostics

/// The labels of all sheets that came back, checked against the results that they are about.
public struct LabelCollection {
    /// One labeler's pass or fail of an item.
    public struct Row: Sendable, Hashable {
        /// The item's id.
        public let id: String
        /// Whether the answer passes.
        public let passes: Bool
        /// Who said so.
        public let labeler: String
    }

    /// What stands in the sheets, in their order.
    public private(set) var rows: [Row] = []
    /// How many items were skipped.
    public private(set) var skipped = 0
    /// How many items have no label.
    public private(set) var unlabeled = 0
    /// How many say again what the same labeler said of the same item, and are left out.
    public private(set) var repeated = 0
    /// How many notes there are.
    public private(set) var notes = 0
    /// What is wrong, and warnings.
    public private(set) var diagnostics: [Diagnostic] = []

    private let results: String
    private let knows: (String) -> Bool
    private var seen: [String: (word: String, mark: SourceMark)] = [:]

    /// Creates a collection without labels.
    ///
    /// - Parameters:
    ///   - results: The hash of the results.
    ///   - knows: Whether an item with this id can be made of the results.
    public init(results: String, knows: @escaping (String) -> Bool) {
        self.results = results
        self.knows = knows
    }

    /// Adds a sheet.
    ///
    /// - Parameter labeler: Who filled it in, where the sheet does not say.
    public mutating func add(_ sheet: FilledSheet, labeler: String) {
        diagnostics += sheet.diagnostics
        let labeler = sheet.labeler ?? labeler
        let unknown = sheet.labels.filter { !knows($0.id) }
        report(unknown, of: sheet)
        for label in sheet.labels where knows(label.id) {
            if !label.note.isEmpty { notes += 1 }
            guard !label.word.isEmpty else {
                unlabeled += 1
                continue
            }
            guard let verdict = label.verdict else {
                diagnostics.append(
                    Diagnostic(
                        "bad-label", "'\(TerminalText.excerpt(label.word, limit: 40))' is no label",
                        at: label.mark, hint: "write pass, fail or skip, or nothing"))
                continue
            }
            if isNew(label, verdict, labeler) { count(label.id, verdict, labeler) }
        }
    }

    private mutating func count(_ id: String, _ verdict: ReviewLabel.Verdict, _ labeler: String) {
        switch verdict {
        case .pass, .fail: rows.append(Row(id: id, passes: verdict == .pass, labeler: labeler))
        case .skip: skipped += 1
        }
    }

    /// Whether a labeler has not said the same before; the contrary is a mistake.
    private mutating func isNew(
        _ label: ReviewLabel, _ verdict: ReviewLabel.Verdict, _ labeler: String
    ) -> Bool {
        let key = "\(label.id) \(labeler)"
        guard let earlier = seen[key] else {
            seen[key] = (verdict.rawValue, label.mark)
            return true
        }
        if earlier.word == verdict.rawValue {
            repeated += 1
        } else {
            let who = TerminalText.excerpt(labeler, limit: 60)
            diagnostics.append(
                Diagnostic(
                    "contradictory-labels",
                    "'\(who)' says \(verdict.rawValue) here and \(earlier.word) elsewhere", at: label.mark,
                    hint: "if these are two people, write their names into the sheets",
                    notes: [.init("the other label is here", at: earlier.mark)]))
        }
        return false
    }

    private mutating func report(_ unknown: [ReviewLabel], of sheet: FilledSheet) {
        guard let first = unknown.first else { return }
        if let made = sheet.results, made != results {
            diagnostics.append(
                Diagnostic(
                    "other-results",
                    "the sheet was made of other results, which have \(unknown.count) of its \(sheet.labels.count) "
                        + "answers alone", at: first.mark, hint: "name them with --results"))
            return
        }
        if unknown.count == sheet.labels.count, unknown.count > 1 {
            diagnostics.append(
                Diagnostic(
                    "unknown-id", "none of the sheet's \(unknown.count) answers is in the results",
                    at: first.mark,
                    hint: "name the results that it was made of; "
                        + "what its cases or criteria said then must be in the suites still"))
            return
        }
        diagnostics += unknown.map { label in
            Diagnostic(
                "unknown-id",
                "the results have no answer '\(TerminalText.excerpt(label.id, limit: 40))'", at: label.mark,
                hint: "the id, or since the export a text of its case or its criteria, has been changed")
        }
    }
}
