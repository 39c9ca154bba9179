import Diagnostics
import Evals
import Files
import JSON
import YAML

/// What a suite of the work tree tests otherwise than that of a commit: shown, since it could make a gate easy to pass.
struct SuiteDifferences {
    private let label: String
    private let base: Side
    private let work: Side
    /// What was found.
    private(set) var found: [TrustDifference] = []

    /// One version of a suite.
    struct Side {
        /// The file.
        var file: YAMLFile
        /// The files beside it.
        var tree: any FileTree
        /// Its assertions.
        var assertions: AssertionInventory
        /// Those of `defaults:`.
        var defaults: [AssertionInventory.Entry]

        /// Prepares a side.
        init(file: YAMLFile, tree: any FileTree, assertions: AssertionInventory) {
            self.file = file
            self.tree = tree
            self.assertions = assertions
            defaults = assertions.entries(file.root["defaults"]?["assert"], in: file)
        }
    }

    /// A case of a side.
    private struct Case {
        var key: String
        var node: YAMLNode
        var title: String
    }

    /// Keys of a case whose values decide; of others only the change is told.
    private static let decisive: Set<String> = [
        "threshold", "skip", "xfail", "quarantine", "repeat", "only", "dataset", "assert_defaults", "tags",
        "matrix",
    ]
    /// Keys that are compared elsewhere, or mean nothing.
    private static let silent: Set<String> = ["id", "description", "assert"]

    /// Compares two versions of a suite.
    init(base: Side, work: Side, suite: String, mark: SourceMark, label: String) {
        self.base = base
        self.work = work
        self.label = label
        compareHead()
        let old = Self.cases(base.file)
        let new = Self.cases(work.file)
        let known = Dictionary(new.map { ($0.key, $0) }) { first, _ in first }
        for before in old {
            if let after = known[before.key] {
                compare(before, after)
            } else {
                found.append(TrustDifference(before.node.mark, "\(before.title): in \(label), gone here"))
            }
        }
        let added = Set(new.map(\.key)).subtracting(old.map(\.key)).count
        if added > 0 {
            found.append(
                TrustDifference(
                    mark, "suite \(suite): \(added) \(added == 1 ? "case" : "cases") here, not in \(label)"))
        }
    }

    private mutating func compareHead() {
        let skipped: Set<String> = ["suite", "name", "description", "cases", "gates"]
        for change in SettingChange.between(base.file.root, work.file.root, deep: false)
        where !skipped.contains(change.path[0]) {
            guard change.path == ["defaults"] else {
                found.append(TrustDifference(change.mark, change.used(label)))
                continue
            }
            for inner in SettingChange.between(
                change.base?.value, change.work?.value, deep: false)
            where inner.path.first != "assert" {
                let name = "defaults.\(inner.name)"
                found.append(
                    TrustDifference(
                        inner.mark, inner.used(label, name: name, showsValues: inner.path.first != "vars")))
            }
        }
    }

    private static func cases(_ file: YAMLFile) -> [Case] {
        var counts: [String: Int] = [:]
        return (file.root["cases"]?.items ?? []).filter { $0.entries != nil }.map { node in
            let id = node["id"]?.text
            let dataset = node["dataset"].flatMap { $0.text ?? $0["file"]?.text }
            var key = id.map { "case '\(TerminalText.excerpt($0, limit: 80))'" } ?? "case"
            if let dataset, id == nil || id?.contains("{{") == true {
                key = "rows of '\(TerminalText.excerpt(dataset, limit: 80))'"
            }
            let identity = "\(id ?? "")\u{0}\(id == nil ? dataset ?? "" : "")"
            let count = counts[identity, default: 0]
            counts[identity] = count + 1
            return Case(key: "\(identity)\u{0}\(count)", node: node, title: key)
        }
    }

    private mutating func compare(_ before: Case, _ after: Case) {
        for change in SettingChange.between(before.node, after.node, deep: false)
        where !Self.silent.contains(change.path[0]) {
            let text = change.used(
                label, name: "\(after.title): \(change.name)",
                showsValues: Self.decisive.contains(change.path[0]))
            found.append(TrustDifference(change.mark, text))
        }
        if let old = before.node["dataset"], let new = after.node["dataset"],
            let rows = DatasetDifference(
                base: old, in: base.file, base.tree, work: new, in: work.file, work.tree)
        {
            let path = (new.text ?? new["file"]?.text).map { TerminalText.excerpt($0, limit: 120) } ?? ""
            found.append(TrustDifference(new.mark, rows.text(path, label)))
        }
        compareAssertions(before, after)
    }

    private mutating func compareAssertions(_ before: Case, _ after: Case) {
        var new = Self.assertions(of: after.node, work)
        var missing: [AssertionInventory.Entry] = []
        for entry in Self.assertions(of: before.node, base) {
            if let index = new.firstIndex(where: { $0.specification == entry.specification }) {
                new.remove(at: index)
            } else {
                missing.append(entry)
            }
        }
        for entry in missing {
            if let index = new.firstIndex(where: { $0.specification.type == entry.specification.type }) {
                let changed = new.remove(at: index)
                let text =
                    changed.text == entry.text
                    ? "assert: \(entry.text): differs from \(label)"
                    : "assert: \(entry.text) in \(label), \(changed.text) here"
                found.append(TrustDifference(changed.mark, text))
            } else {
                found.append(TrustDifference(entry.mark, "assert: \(entry.text): in \(label), gone here"))
            }
        }
    }

    private static func assertions(of node: YAMLNode, _ side: Side) -> [AssertionInventory.Entry] {
        let withDefaults = node["assert_defaults"]?.bool ?? true
        return (withDefaults ? side.defaults : []) + side.assertions.entries(node["assert"], in: side.file)
    }
}
