import Diagnostics

/// Reads a text, and where a missing quote stops libyaml, puts it in and reads again: all mistakes at once.
struct YAMLRepairingReader {
    private let file: String
    private let limits: YAMLLimits
    private let hasForeignBreaks: Bool
    private var text: YAMLText
    private var repairs = YAMLRepairs()
    private var bag = DiagnosticBag()
    private var repairCount = 0
    /// Larger files are read once: reading again costs time.
    private static let largestRepaired = 1 << 20
    private static let mostRepairs = 25

    /// Prepares to read a text that is valid UTF-8 and has no control characters.
    init(_ bytes: [UInt8], file: String, limits: YAMLLimits, hasForeignBreaks: Bool) {
        text = YAMLText(bytes)
        self.file = file
        self.limits = limits
        self.hasForeignBreaks = hasForeignBreaks
    }

    /// Reads the text.
    mutating func read() -> YAMLReading {
        var root: YAMLNode?
        while true {
            guard let builder = build() else {
                bag.add(
                    Diagnostic(
                        "yaml-too-large", "there is not enough memory to read this file", at: mark(nil)))
                break
            }
            let mayRepair = repairCount < Self.mostRepairs && text.bytes.count <= Self.largestRepaired
            if let failure = builder.failure {
                if mayRepair, let trap = trap(for: failure) {
                    repair(trap)
                    continue
                }
                reportKeys(builder)
                bag.add(contentsOf: builder.diagnostics)
                report(failure)
            } else if mayRepair, let trap = templateKeys(builder).first {
                repair(trap)
                continue
            } else {
                reportKeys(builder)
                bag.add(contentsOf: builder.diagnostics)
                root =
                    builder.diagnostics.contains { Self.fatal.contains($0.id) }
                    ? nil : builder.root ?? emptyRoot
            }
            break
        }
        return YAMLReading(root: root, diagnostics: bag.sorted)
    }

    private static let fatal: Set<String> = ["yaml-too-large", "yaml-too-deep"]

    private var emptyRoot: YAMLNode {
        YAMLNode(
            .scalar(YAMLScalar(text: "", style: .plain, resolved: .null)),
            at: SourceMark(file: file, line: 1, column: 1))
    }

    private func build() -> YAMLTreeBuilder? {
        let foreignBreaks = hasForeignBreaks ? ForeignBreaks(hiding: text.bytes) : nil
        guard let stream = YAMLEventStream(foreignBreaks?.hidden ?? text.bytes) else { return nil }
        var builder = YAMLTreeBuilder(
            file: file, limits: limits, text: text, repairs: repairs, foreignBreaks: foreignBreaks)
        builder.build(stream)
        return builder
    }

    // MARK: - Repairs

    private mutating func repair(_ trap: YAMLTrap) {
        let place = YAMLPlace(line: trap.fix.line, column: trap.fix.columns.lowerBound)
        bag.add(
            Diagnostic(
                trap.id, trap.message, at: mark(place), hint: trap.hint, fix: repairs.original(trap.fix)))
        repairCount += 1
        text = text.applying(trap.fix)
        repairs.add(trap.fix)
    }

    /// The trap that explains a failure: quoting its value lets libyaml get past that line.
    private func trap(for failure: YAMLEventStream.Failure) -> YAMLTrap? {
        guard tabPlace(failure) == nil else { return nil }
        let place = text.clamped(failure.place)
        var lines = [place.line]
        if let context = failure.contextPlace { lines.append(context.line) }
        if place.line > 1 { lines.append(place.line - 1) }
        for line in lines {
            // The value of `- {equals: {{ x }} and more}` is the text in the braces, not the whole of it.
            let candidates =
                YAMLTrap.inFlowValues(line: line, of: text)
                + [YAMLTrap.inBlockValue(line: line, of: text)].compactMap { $0 }
                + YAMLTrap.templates(line: line, of: text)
            if let found = candidates.first(where: { helps($0, past: place.line) }) { return found }
        }
        return nil
    }

    private func helps(_ trap: YAMLTrap, past line: Int) -> Bool {
        guard let next = firstFailure(in: text.applying(trap.fix)) else { return true }
        return next.line > line
    }

    private func firstFailure(in text: YAMLText) -> YAMLPlace? {
        let bytes = hasForeignBreaks ? ForeignBreaks(hiding: text.bytes).hidden : text.bytes
        guard let stream = YAMLEventStream(bytes) else { return nil }
        do {
            while true {
                if case .streamEnd = try stream.next().event { return nil }
            }
        } catch {
            return text.clamped(error.place)
        }
    }

    /// Templates that stand as keys of a flow mapping: `{{ x }}` is a mapping in a mapping.
    private func templateKeys(_ builder: YAMLTreeBuilder) -> [YAMLTrap] {
        builder.keyPlaces.prefix(20).compactMap { place in
            YAMLTrap.template(at: YAMLPlace(line: place.line, column: place.column - 1), of: text)
        }
    }

    // MARK: - Diagnostics

    private mutating func reportKeys(_ builder: YAMLTreeBuilder) {
        for place in builder.keyPlaces.prefix(limits.diagnostics) {
            bag.add(
                Diagnostic(
                    "non-scalar-key", "a key must be text, not a list or a mapping", at: mark(place),
                    hint: "quote the key if it is meant as text"))
        }
    }

    private mutating func report(_ failure: YAMLEventStream.Failure) {
        if let tab = tabPlace(failure) {
            bag.add(
                Diagnostic(
                    "yaml-tab", "a tab can't indent a line in YAML", at: mark(tab),
                    hint: "indent with spaces, as your editor does with 'insert spaces' turned on"))
            return
        }
        let context = failure.contextPlace.map { repairs.original(text.clamped($0)) }
        bag.add(
            YAMLSyntaxMessage.diagnostic(
                for: failure, at: repairs.original(text.clamped(failure.place)), contextPlace: context,
                file: file))
    }

    /// The tab in the indentation of the line where libyaml stopped.
    private func tabPlace(_ failure: YAMLEventStream.Failure) -> YAMLPlace? {
        let place = text.clamped(failure.place)
        guard text.length(ofLine: place.line) <= YAMLTrap.longestLine else { return nil }
        for (index, scalar) in text.line(place.line).enumerated() {
            if scalar == "\t" { return YAMLPlace(line: place.line, column: index + 1) }
            if scalar != " " { return nil }
        }
        return nil
    }

    private func mark(_ place: YAMLPlace?) -> SourceMark {
        guard let place else { return SourceMark(file: file) }
        let original = repairs.original(place)
        return SourceMark(file: file, line: original.line, column: original.column)
    }
}
