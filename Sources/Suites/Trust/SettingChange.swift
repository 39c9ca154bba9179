import Diagnostics
import JSON
import YAML

/// A key or list entry of a YAML file that two versions have differently.
struct SettingChange {
    /// The keys that lead to it.
    var path: [String]
    /// The value as of the commit, with the place of its key; nil when it has none.
    var base: (value: YAMLNode, mark: SourceMark)?
    /// The value in the work tree, with the place of its key; nil when it has none.
    var work: (value: YAMLNode, mark: SourceMark)?

    /// The path as it is shown.
    var name: String { path.joined(separator: ".") }
    /// Where it is best looked at: in the work tree, when it is there.
    var mark: SourceMark { work?.mark ?? base?.mark ?? SourceMark(file: "") }

    /// The sentence about a setting that is taken from the commit.
    func ignored(_ label: String) -> String {
        let old = base.map { SettingText.shown($0.value, at: path) }
        let new = work.map { SettingText.shown($0.value, at: path) }
        switch (old, new) {
        case (let old?, let new?): return "\(name): from \(label) \(old), not \(new) (ignored)"
        case (let old?, nil): return "\(name): from \(label) \(old), although it is gone here (ignored)"
        case (nil, let new?): return "\(name): not in \(label), \(new) here (ignored)"
        case (nil, nil): return name
        }
    }

    /// The sentence about something that is under test, and taken from the work tree.
    func used(_ label: String, name: String? = nil, showsValues: Bool = true) -> String {
        let name = name ?? self.name
        let old = base.map { showsValues ? " \(SettingText.shown($0.value, at: path))" : "" }
        let new = work.map { showsValues ? " \(SettingText.shown($0.value, at: path))" : "" }
        switch (old, new) {
        case (let old?, let new?) where showsValues: return "\(name):\(old) in \(label),\(new) here"
        case (_?, _?): return "\(name): differs from \(label)"
        case (let old?, nil): return "\(name):\(old) in \(label), gone here"
        case (nil, let new?): return "\(name):\(new) here, not in \(label)"
        case (nil, nil): return name
        }
    }

    /// The changes between two values, found key by key; null counts as missing.
    ///
    /// Lists are compared as a whole, those of `itemized` paths entry by entry, in any order.
    static func between(
        _ base: YAMLNode?, _ work: YAMLNode?, path: [String] = [], baseMark: SourceMark? = nil,
        workMark: SourceMark? = nil, itemized: Set<[String]> = [], deep: Bool = true
    ) -> [SettingChange] {
        let base = base.flatMap { $0.isNull ? nil : $0 }
        let work = work.flatMap { $0.isNull ? nil : $0 }
        if base == nil && work == nil { return [] }
        let isMapping = base?.entries != nil || work?.entries != nil
        let bothFit = (base.map { $0.entries != nil } ?? true) && (work.map { $0.entries != nil } ?? true)
        if isMapping, bothFit, deep || path.isEmpty {
            var keys = (work?.entries ?? []).map(\.keyText)
            keys += (base?.entries ?? []).map(\.keyText).filter { !keys.contains($0) }
            return keys.flatMap { key in
                let old = base?.entries?.first { $0.keyText == key }
                let new = work?.entries?.first { $0.keyText == key }
                return between(
                    old?.value, new?.value, path: path + [key], baseMark: old?.keyMark,
                    workMark: new?.keyMark, itemized: itemized, deep: deep)
            }
        }
        if itemized.contains(path) { return items(base, work, path) }
        guard base?.json != work?.json else { return [] }
        return [
            SettingChange(
                path: path, base: base.map { ($0, baseMark ?? $0.mark) },
                work: work.map { ($0, workMark ?? $0.mark) })
        ]
    }

    private static func items(_ base: YAMLNode?, _ work: YAMLNode?, _ path: [String]) -> [SettingChange] {
        let old = base?.many ?? []
        let new = work?.many ?? []
        let known = Set(old.map(\.json))
        let kept = Set(new.map(\.json))
        return old.filter { !kept.contains($0.json) }.map { SettingChange(path: path, base: ($0, $0.mark)) }
            + new.filter { !known.contains($0.json) }.map { SettingChange(path: path, work: ($0, $0.mark)) }
    }
}
