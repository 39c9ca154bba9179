import Evals

/// Shows what became of the gates.
struct TerminalGates {
    private let page: TerminalPage

    /// Writes on a page.
    init(_ page: TerminalPage) { self.page = page }

    /// Some results of one gate in one line.
    private struct Entry {
        /// The result that is shown: of several the one nearest to the bound.
        var result: GateResult
        /// How many results the line stands for.
        var count: Int

        /// Adds a result; the one nearest to the bound is shown.
        mutating func add(_ other: GateResult) {
            count += 1
            guard let value = other.value, let shown = result.value else { return }
            let hasMaximumOnly = result.gate.min == nil && result.gate.max != nil
            if hasMaximumOnly ? value > shown : value < shown { result = other }
        }

        /// Whether a result of the same gate passed like this one.
        func joins(_ other: GateResult) -> Bool {
            other.verdict == .passed && result.verdict == .passed && other.gate == result.gate
                && other.suite == result.suite && other.isAdvisory == result.isAdvisory
        }

        /// What the line is about.
        var scope: String {
            let own = GateText(result).scope
            guard count > 1 else { return own }
            let edge = result.gate.min == nil && result.gate.max != nil ? "highest" : "lowest"
            return "[\(count) prompt × model, \(edge): \(own.dropFirst())"
        }
    }

    private static func entries(_ results: [GateResult], joining: Bool) -> [Entry] {
        var entries: [Entry] = []
        for result in results {
            if joining, let last = entries.indices.last, entries[last].joins(result) {
                entries[last].add(result)
            } else {
                entries.append(Entry(result: result, count: 1))
            }
        }
        return entries
    }

    /// Writes a line for each gate.
    ///
    /// Unless all is wanted, prompts and models for which the same gate passed share a line, and implied gates that
    /// passed are counted only; quiet shows what is not met.
    func write(_ results: [GateResult]) throws {
        let isQuiet = page.style.verbosity == .quiet
        let isVerbose = page.style.verbosity == .verbose
        let shown = results.filter { result in
            if isQuiet { return result.decides && ![.passed, .notEvaluated].contains(result.verdict) }
            return isVerbose || !(result.gate.isImplied && result.verdict == .passed)
        }
        let passedImplied = results.count { $0.gate.isImplied && $0.verdict == .passed }
        guard !isQuiet || !shown.isEmpty else { return }

        page.gap()
        if !isQuiet { try page.line(page.colored("gates", .bold)) }
        let entries = Self.entries(shown, joining: !isVerbose)
        let texts = entries.map { GateText($0.result) }
        let conditions = texts.map { LogText.line($0.condition) }
        let width = min(conditions.map(DisplayWidth.of).max() ?? 0, 48)
        let valueWidth = min(texts.map { DisplayWidth.of($0.value) }.max() ?? 0, 24)
        for (index, entry) in entries.enumerated() {
            let result = entry.result
            let text = texts[index]
            let word = page.colored(DisplayWidth.padded(text.word, to: 4), Self.ink(text.word))
            let scope = LogText.line("\(result.suite) \(entry.scope)")
            try page.line(
                "  \(word)  \(DisplayWidth.padded(conditions[index], to: width))  "
                    + "\(DisplayWidth.padded(text.value, to: valueWidth))  \(scope)")
            if result.verdict != .passed || isVerbose { try reason(result, text) }
        }
        if results.isEmpty {
            try page.line("  none was judged")
        } else if passedImplied > 0, !isVerbose, !isQuiet {
            try page.line("  PASS  \(Figures.count(passedImplied, "implied gate"))")
        }
    }

    private func reason(_ result: GateResult, _ text: GateText) throws {
        var parts: [String] = []
        if result.gate.isImplied { parts.append("implied") }
        if result.isAdvisory { parts.append("advisory model") }
        if result.gate.level == .warn { parts.append("warning only") }
        if !text.word.hasPrefix("P"), text.word != "FAIL" { parts.append(result.verdict.rawValue) }
        let lead = parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
        for line in LogText.lines(lead + text.reason, limit: 6) { try page.line("        │ " + line) }
    }

    private static func ink(_ word: String) -> TerminalPage.Ink {
        switch word {
        case "PASS": .green
        case "FAIL", "OPEN": .red
        case "WARN": .yellow
        default: .faint
        }
    }
}
