import Diagnostics
import JSON
import YAML

/// `evalrun.yaml` as it counts when only that of a commit is trusted.
///
/// Everything is the commit's, keys that a later version may add included, but for what says which model is under test:
/// `defaults.models`, `model` and `parameters` of a model that does not judge, and new models that bring no address and no key along.
struct TrustedSettings {
    /// The settings that count.
    private(set) var root: YAMLNode
    /// Which models may be asked.
    private(set) var models: ModelTrust
    /// Where the work tree says something else.
    private(set) var differences: [TrustDifference] = []

    /// The models that judge as of the commit: they are the commit's altogether, also where they are under test.
    private let judges: Set<String>

    /// What an alias that the commit has takes from the work tree.
    private static let tested = ["model", "parameters"]
    /// What an alias that the commit lacks may say.
    private static let harmless = ["provider", "model", "parameters", "stream"]
    /// What would decide where a request goes and which key it carries.
    private static let decisive = ["base_url", "api_key_env"]

    /// Merges two files; either may be missing.
    ///
    /// - Parameters:
    ///   - providers: The providers that the commit has or uses.
    ///   - judges: The models that assertions of the commit name as judges.
    init(
        base: YAMLNode?, work: YAMLNode?, label: String, providers: Set<String>, judges: Set<String> = []
    ) {
        self.judges = judges.union(Self.judges(in: base))
        models = ModelTrust(label: label, providers: providers)
        root = YAMLNode(.mapping([]), at: base?.mark ?? work?.mark ?? SourceMark(file: "evalrun.yaml"))
        let base = base.flatMap { $0.entries == nil ? nil : $0 }
        let work = work.flatMap { $0.entries == nil ? nil : $0 }
        for change in SettingChange.between(base, work, itemized: [["redact"]])
        where change.path.first != "models" {
            note(change, isUsed: change.path == ["defaults", "models"])
        }
        var entries = (base?.entries ?? []).filter { !["models", "defaults"].contains($0.keyText) }
        entries += Self.defaults(Self.entry("defaults", base), Self.entry("defaults", work))
        let merged = mergedModels(base?["models"], work?["models"])
        if let models = Self.entry("models", base) ?? Self.entry("models", work) {
            let node = YAMLNode(.mapping(merged), at: models.value.mark)
            entries.append(YAMLEntry(keyText: "models", keyMark: models.keyMark, value: node))
        }
        root = YAMLNode(.mapping(entries), at: root.mark)
    }

    /// `defaults` of the commit, with the models of the work tree.
    private static func defaults(_ base: YAMLEntry?, _ work: YAMLEntry?) -> [YAMLEntry] {
        guard let place = base ?? work else { return [] }
        let kept = (base?.value.entries ?? []).filter { $0.keyText != "models" }
        let models = (work?.value.entries ?? []).filter { $0.keyText == "models" }
        let node = YAMLNode(.mapping(kept + models), at: place.value.mark)
        return [YAMLEntry(keyText: "defaults", keyMark: place.keyMark, value: node)]
    }

    private static func entry(_ key: String, _ node: YAMLNode?) -> YAMLEntry? {
        node?.entries?.first { $0.keyText == key }
    }

    private mutating func note(_ change: SettingChange, isUsed: Bool) {
        let text = isUsed ? change.used(models.label) : change.ignored(models.label)
        differences.append(TrustDifference(change.mark, text))
    }

    private mutating func mergedModels(_ base: YAMLNode?, _ work: YAMLNode?) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        for old in base?.entries ?? [] {
            guard let new = Self.entry(old.keyText, work) else {
                note(
                    SettingChange(path: ["models", old.keyText], base: (old.value, old.keyMark)),
                    isUsed: false)
                entries.append(old)
                continue
            }
            for change in SettingChange.between(
                old.value, new.value, path: ["models", old.keyText], baseMark: old.keyMark,
                workMark: new.keyMark)
            {
                let isTested = change.path.count > 2 && Self.tested.contains(change.path[2])
                note(change, isUsed: isTested && !judges.contains(old.keyText))
            }
            entries.append(merged(old, new))
        }
        for new in work?.entries ?? [] where Self.entry(new.keyText, base) == nil {
            if let entry = admitted(new) { entries.append(entry) }
        }
        return entries
    }

    /// An alias of the commit with the model that the work tree wants to test.
    private mutating func merged(_ old: YAMLEntry, _ new: YAMLEntry) -> YAMLEntry {
        guard new.value.entries != nil, !judges.contains(old.keyText) else { return old }
        var kept = (old.value.entries ?? []).filter { !Self.tested.contains($0.keyText) }
        if old.value["model"]?.json != new.value["model"]?.json {
            // Another model at the old one's price would pass under any budget.
            if let price = kept.first(where: { $0.keyText == "price_as" }) {
                kept.removeAll { $0.keyText == "price_as" }
                differences.append(
                    TrustDifference(
                        new.keyMark,
                        "models.\(new.keyText).price_as: left out, since \(models.label) means another model by "
                            + SettingText.shown(price.value.json)))
            }
        }
        kept += (new.value.entries ?? []).filter { Self.tested.contains($0.keyText) }
        return YAMLEntry(
            keyText: old.keyText, keyMark: new.keyMark,
            value: YAMLNode(.mapping(kept), at: new.value.mark))
    }

    /// An alias that the commit lacks, without what it can't decide; nil when it can't be used.
    private mutating func admitted(_ new: YAMLEntry) -> YAMLEntry? {
        let fields = (new.value.entries ?? []).filter { !$0.value.isNull }
        let name = "models.\(new.keyText)"
        var reason: String?
        if let provider = new.value["provider"]?.text, !models.providers.contains(provider) {
            reason = "\(models.label) has no provider '\(TerminalText.excerpt(provider, limit: 80))'"
        } else if let field = fields.first(where: { Self.decisive.contains($0.keyText) }) {
            reason = "'\(field.keyText)' of a model that \(models.label) does not have is not trusted"
        }
        if let reason {
            models.refused[new.keyText] = reason
            differences.append(TrustDifference(new.keyMark, "\(name): can't be used, \(reason)"))
            return nil
        }
        let model = new.value["model"].map { " " + SettingText.shown($0.json) } ?? ""
        differences.append(TrustDifference(new.keyMark, "\(name):\(model) here, not in \(models.label)"))
        for field in fields where !Self.harmless.contains(field.keyText) {
            differences.append(
                TrustDifference(field.keyMark, "\(name).\(field.keyText): not in \(models.label) (ignored)"))
        }
        let kept = fields.filter { Self.harmless.contains($0.keyText) }
        return YAMLEntry(
            keyText: new.keyText, keyMark: new.keyMark,
            value: YAMLNode(.mapping(kept), at: new.value.mark))
    }
}

extension TrustedSettings {
    /// The providers that settings have, and those of the models that they name.
    static func providers(in root: YAMLNode?) -> Set<String> {
        var found = Set((root?["providers"]?.entries ?? []).map(\.keyText))
        var names: [String] = root?["defaults"]?["models"]?.many.compactMap(\.text) ?? []
        names += judges(in: root)
        for alias in root?["models"]?.entries ?? [] {
            if let provider = alias.value["provider"]?.text { found.insert(provider) }
            names += alias.value["fallback"]?.many.compactMap(\.text) ?? []
        }
        for profile in root?["profiles"]?.entries ?? [] {
            names += profile.value["models"]?.many.compactMap(\.text) ?? []
        }
        return found.union(names.compactMap(provider))
    }

    /// The names of the models that judge.
    static func judges(in root: YAMLNode?) -> [String] {
        let judge = root?["judge"]
        let single = ["model", "embeddings", "moderation"].compactMap { judge?[$0]?.text }
        return single + (judge?["panel"]?["models"]?.many.compactMap(\.text) ?? [])
    }

    /// The provider in `provider/model`; nil for an alias.
    static func provider(of name: String) -> String? {
        name.firstIndex(of: "/").map { String(name[..<$0]) }
    }
}
