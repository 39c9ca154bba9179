import Diagnostics

/// Makes a tree of libyaml's events, without recursion; goes on after mistakes that leave the structure clear.
struct YAMLTreeBuilder {
    private struct Anchored {
        var node: YAMLNode
        var nodes: Int
        var textBytes: Int
        var height: Int
        var mark: SourceMark
        var isPlainScalar: Bool
        var isUsed = false
    }

    private let file: String
    private let limits: YAMLLimits
    private let text: YAMLText
    private let repairs: YAMLRepairs
    private let foreignBreaks: ForeignBreaks?
    private var frames: [YAMLTreeFrame] = []
    private var anchors: [String: Anchored] = [:]
    private var nodes = 0
    private var textBytes = 0
    private var isStopped = false

    /// The root, once its document has ended.
    private(set) var root: YAMLNode?
    /// What was found.
    private(set) var diagnostics: [Diagnostic] = []
    /// Where a list or mapping stands as a key, in columns of the text as repaired.
    private(set) var keyPlaces: [YAMLPlace] = []
    /// Why libyaml gave up, if it did.
    private(set) var failure: YAMLEventStream.Failure?

    /// Prepares to read a text; marks are those of the text before `repairs`.
    init(
        file: String, limits: YAMLLimits, text: YAMLText, repairs: YAMLRepairs, foreignBreaks: ForeignBreaks?
    ) {
        self.file = file
        self.limits = limits
        self.text = text
        self.repairs = repairs
        self.foreignBreaks = foreignBreaks
    }

    /// Reads to the end of the stream or to the first thing that makes going on senseless.
    mutating func build(_ stream: YAMLEventStream) {
        var documents = 0
        do {
            while !isStopped {
                let (event, place) = try stream.next()
                switch event {
                case .streamEnd:
                    warnOfUnusedAnchors()
                    return
                case .documentStart:
                    documents += 1
                    guard documents == 1 else {
                        report(
                            "multiple-documents", "a second document begins here", at: mark(place),
                            hint: "keep one document in each file: split it at the '---'")
                        isStopped = true
                        break
                    }
                case .alias(let name):
                    addAlias(name, at: place)
                case .scalar(let text, let style, let anchor, let tag):
                    addScalar(text, style: style, anchor: anchor, tag: tag, at: place)
                case .sequenceStart(let anchor, let tag, let flow):
                    open(isMapping: false, isFlow: flow, anchor: anchor, tag: tag, at: place)
                case .mappingStart(let anchor, let tag, let flow):
                    open(isMapping: true, isFlow: flow, anchor: anchor, tag: tag, at: place)
                case .sequenceEnd, .mappingEnd:
                    close()
                }
            }
        } catch {
            failure = error
        }
    }

    // MARK: - Nodes

    private mutating func open(
        isMapping: Bool, isFlow: Bool, anchor: String?, tag: String?, at place: YAMLPlace
    ) {
        guard frames.count < limits.depth else { return reportDepth(at: place) }
        if let tag, let problem = YAMLTags.problem(tag, on: isMapping ? .mapping : .sequence) {
            reportTag(problem, at: place)
        }
        nodes += 1
        frames.append(
            YAMLTreeFrame(
                isMapping: isMapping, isFlow: isFlow, place: place, anchor: anchor, nodesBefore: nodes - 1,
                textBefore: textBytes))
    }

    private mutating func close() {
        guard let frame = frames.popLast() else { return }
        let kind: YAMLNode.Kind = frame.isMapping ? .mapping(frame.mergedEntries()) : .sequence(frame.items)
        let node = YAMLNode(kind, at: mark(frame.place))
        if let anchor = frame.anchor {
            anchors[anchor] = Anchored(
                node: node, nodes: nodes - frame.nodesBefore, textBytes: textBytes - frame.textBefore,
                height: frame.height, mark: node.mark, isPlainScalar: false)
        }
        attach(node, height: frame.height, at: frame.place)
    }

    private mutating func addScalar(
        _ content: String, style: YAMLScalar.Style, anchor: String?, tag: String?, at place: YAMLPlace
    ) {
        nodes += 1
        textBytes += content.utf8.count
        let content = foreignBreaks?.restore(content) ?? content
        var place = place
        var comment: String?
        if content.isEmpty, style == .plain, frames.last?.isFlow == false,
            let hidden = HiddenComment(after: place, in: text)
        {
            comment = hidden.text
            place = hidden.place
        }
        var trailing: String?
        if style == .plain, !content.isEmpty {
            let end = YAMLPlace(line: place.line, column: place.column + content.unicodeScalars.count)
            trailing = HiddenComment(after: end, in: text).flatMap { $0.looksLikeText ? $0.text : nil }
        }
        let resolved = resolve(content, style: style, tag: tag, at: place)
        let node = YAMLNode(
            .scalar(
                YAMLScalar(
                    text: content, style: style, resolved: resolved, hiddenComment: comment,
                    trailingComment: trailing)),
            at: mark(place))
        if let anchor {
            noteUnused(anchors[anchor])
            anchors[anchor] = Anchored(
                node: node, nodes: 1, textBytes: content.utf8.count, height: 0, mark: node.mark,
                isPlainScalar: style == .plain && !content.isEmpty)
        }
        if tag == "!", style == .plain, !content.isEmpty { warnOfBareTag(at: place) }
        attach(node, height: 0, at: place)
    }

    private mutating func resolve(
        _ content: String, style: YAMLScalar.Style, tag: String?, at place: YAMLPlace
    ) -> YAMLCore {
        if let tag {
            if let problem = YAMLTags.problem(tag, on: .scalar) {
                reportTag(problem, at: place)
                return .string
            }
            if let resolved = YAMLTags.resolve(content, tag: tag) { return resolved }
            reportTag("'\(shown(content))' is not a value for the tag '\(YAMLTags.shown(tag))'", at: place)
            return .string
        }
        guard style == .plain else { return .string }
        if let resolved = YAMLCore.resolve(plain: content) { return resolved }
        report(
            "non-finite-number", "'\(shown(content))' is not a finite number", at: mark(place),
            hint: "write a number that fits, or quote it if it is text: '\(shown(content))'")
        return .string
    }

    private mutating func addAlias(_ name: String, at place: YAMLPlace) {
        if frames.contains(where: { $0.anchor == name }) {
            report(
                "alias-cycle", "the alias '*\(name)' stands inside the value that it names", at: mark(place),
                hint: "a value can't contain itself: write the inner part out")
            return attachText("*" + name, at: place)
        }
        guard let anchored = anchors[name] else {
            let trap = YAMLTrap.value(at: place, of: text)
            report(
                "undefined-alias", "no anchor '&\(name)' stands before the alias '*\(name)'", at: mark(place),
                hint: trap?.hint ?? "quote the text if it is no alias: '*\(name)'",
                fix: trap.map { repairs.original($0.fix) })
            return attachText("*" + name, at: place)
        }
        anchors[name]?.isUsed = true
        guard frames.count + anchored.height <= limits.depth else { return reportDepth(at: place) }
        nodes += anchored.nodes
        textBytes += anchored.textBytes
        guard nodes <= limits.nodes, textBytes <= limits.textBytes else {
            report(
                "yaml-too-large",
                "the aliases of this file expand to more than \(limits.nodes) values or "
                    + "\(limits.textBytes >> 20) MiB of text", at: mark(place),
                hint: "use fewer aliases of aliases, or split the file")
            isStopped = true
            return
        }
        attach(anchored.node, height: anchored.height, at: place)
    }

    private mutating func attachText(_ text: String, at place: YAMLPlace) {
        nodes += 1
        let scalar = YAMLScalar(text: text, style: .singleQuoted, resolved: .string)
        attach(YAMLNode(.scalar(scalar), at: mark(place)), height: 0, at: place)
    }

    private mutating func attach(_ node: YAMLNode, height: Int, at place: YAMLPlace) {
        guard let top = frames.indices.last else {
            root = node
            return
        }
        frames[top].height = max(frames[top].height, height + 1)
        guard frames[top].isMapping else {
            frames[top].items.append(node)
            return
        }
        guard let key = frames[top].key else {
            frames[top].key = self.key(of: node, at: place)
            return
        }
        frames[top].key = nil
        switch key {
        case .unusable:
            break
        case .merge(let keyMark):
            guard Self.isMergeable(node) else {
                return report(
                    "yaml-merge", "'<<' needs a mapping or a list of mappings", at: keyMark,
                    hint:
                        "write '<<: *name' where '&name' marks a mapping; quote '<<' if it is meant as a key")
            }
            frames[top].merges.append(.init(position: frames[top].entries.count, value: node))
        case .text(let text, let keyMark):
            let entry = YAMLEntry(keyText: text, keyMark: keyMark, value: node)
            if let first = frames[top].add(entry) {
                report(
                    "duplicate-key", "the key '\(shown(text))' is given twice", at: keyMark,
                    hint: "remove one of the two",
                    notes: [.init("'\(shown(text))' is given here first", at: first)])
            }
        }
    }

    private mutating func key(of node: YAMLNode, at place: YAMLPlace) -> YAMLTreeFrame.Key {
        guard let scalar = node.scalar else {
            keyPlaces.append(place)
            return .unusable
        }
        if scalar.style == .plain, scalar.text == "<<" { return .merge(node.mark) }
        return .text(scalar.text, mark(place))
    }

    private static func isMergeable(_ node: YAMLNode) -> Bool {
        switch node.kind {
        case .mapping: true
        case .sequence(let items): items.allSatisfy { $0.entries != nil }
        case .scalar: false
        }
    }

    // MARK: - Diagnostics

    private func mark(_ place: YAMLPlace) -> SourceMark {
        let original = repairs.original(place)
        return SourceMark(file: file, line: original.line, column: original.column)
    }

    private func shown(_ text: String) -> String {
        TerminalText.excerpt(text, limit: 60)
    }

    private mutating func report(
        _ id: String, _ message: String, at mark: SourceMark, hint: String,
        severity: Diagnostic.Severity = .error,
        notes: [Diagnostic.Note] = [], fix: SourceFix? = nil
    ) {
        guard diagnostics.count < limits.diagnostics else {
            isStopped = true
            return
        }
        diagnostics.append(
            Diagnostic(id, message, at: mark, hint: hint, severity: severity, notes: notes, fix: fix))
    }

    private mutating func reportDepth(at place: YAMLPlace) {
        report(
            "yaml-too-deep", "values are nested more than \(limits.depth) levels deep", at: mark(place),
            hint: "flatten the structure")
        isStopped = true
    }

    private mutating func reportTag(_ problem: String, at place: YAMLPlace) {
        report(
            "yaml-tag", problem, at: mark(place),
            hint: "remove the tag; known are !!str, !!int, !!float, !!bool, !!null, !!seq and !!map")
    }

    private mutating func warnOfBareTag(at place: YAMLPlace) {
        let trap = YAMLTrap.value(at: place, of: text)
        report(
            "yaml-bare-tag", "the '!' is taken as a tag and is no part of the text", at: mark(place),
            hint: trap?.hint ?? "quote the text if the '!' belongs to it",
            severity: .warning, fix: trap.map { repairs.original($0.fix) })
    }

    private mutating func warnOfUnusedAnchors() {
        for anchored in anchors.values.sorted(by: { $0.mark < $1.mark }) { noteUnused(anchored) }
    }

    private mutating func noteUnused(_ anchored: Anchored?) {
        guard let anchored, anchored.isPlainScalar, !anchored.isUsed else { return }
        let place = YAMLPlace(line: anchored.mark.line, column: anchored.mark.column)
        let trap = YAMLTrap.value(at: place, of: text)
        report(
            "yaml-unused-anchor",
            "the '&' is taken as an anchor, which no alias uses, and is no part of the text",
            at: anchored.mark,
            hint: trap?.hint ?? "quote the text if the '&' belongs to it",
            severity: .warning, fix: trap.map { repairs.original($0.fix) })
    }
}
