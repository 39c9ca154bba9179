/// The names under which a price table may know a model: the one it has, and shorter ones that mean the same.
///
/// Only reductions that vendors document are made; a name is never matched by likeness.
///
/// - A date at the end names a snapshot of a model: `-2026-01-15` (OpenAI), `-20251001` (Anthropic).
/// - A prefix names the maker, as gateways write it: `anthropic/claude-…`, `openai/gpt-…`. It is taken off the
///   maker's own models only.
/// - Amazon Bedrock writes `anthropic.claude-haiku-4-5-20251001-v1:0`, with `global.` in front for calls that any
///   region may answer, both at Anthropic's list price. Calls that stay in a part of the world (`us.`, `eu.`, `au.`,
///   `jp.`, `apac.`) cost more; their models are known as `bedrock-regional/claude-…`.
public enum ModelName {
    /// The names to look up, the most exact first, each once.
    public static func candidates(_ name: String) -> [String] {
        var found: [String] = []
        for written in [name] + [bedrock(name), vendorless(name)].compactMap({ $0 }) {
            for reduced in [written, dateless(written)].compactMap({ $0 }) where !found.contains(reduced) {
                found.append(reduced)
            }
        }
        return found
    }

    private static let makers: [(prefixes: [String], starts: [String])] = [
        (["openai/", "azure/"], ["gpt-", "o3", "o4"]),
        (["anthropic/"], ["claude-"]),
        (["google/", "gemini/"], ["gemini-"]),
        (["xai/", "x-ai/"], ["grok-"]),
        (["mistral/", "mistralai/"], ["mistral-"]),
    ]

    /// The name without the maker in front; nil when none stands there.
    private static func vendorless(_ name: String) -> String? {
        for maker in makers {
            for prefix in maker.prefixes where name.hasPrefix(prefix) {
                let rest = String(name.dropFirst(prefix.count))
                return maker.starts.contains(where: rest.hasPrefix) ? rest : nil
            }
        }
        return nil
    }

    /// The name without a day at its end; nil when none stands there.
    private static func dateless(_ name: String) -> String? {
        for length in [11, 9] where name.utf8.count > length {
            let tail = name.utf8.suffix(length)
            guard tail.first == UInt8(ascii: "-") else { continue }
            let parts = String(decoding: tail.dropFirst(), as: UTF8.self)
                .split(separator: "-", omittingEmptySubsequences: false)
            let digits = parts.joined()
            guard digits.utf8.count == 8, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                parts.map(\.utf8.count) == (length == 11 ? [4, 2, 2] : [8]), digits.hasPrefix("20"),
                (1...12).contains(Int(digits.dropFirst(4).prefix(2)) ?? 0),
                (1...31).contains(Int(digits.suffix(2)) ?? 0)
            else { continue }
            return String(name.dropLast(length))
        }
        return nil
    }

    /// The model of an id of Amazon Bedrock; nil for other names.
    private static func bedrock(_ name: String) -> String? {
        var rest = Substring(name)
        var isRegional = false
        for prefix in ["global.", "us.", "eu.", "au.", "jp.", "apac."] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
            isRegional = prefix != "global."
            break
        }
        // The premium of Claude's regions is the same everywhere; that of Amazon's own models is not.
        let isClaude = rest.hasPrefix("anthropic.claude-")
        guard isClaude || (rest.hasPrefix("amazon.nova-") && !isRegional) else { return nil }
        rest = rest.drop { $0 != "." }.dropFirst()
        if let version = rest.range(of: "-v", fromEnd: true) {
            let parts = rest[version.upperBound...].split(separator: ":", omittingEmptySubsequences: false)
            let isVersion =
                (1...2).contains(parts.count)
                && parts.allSatisfy { part in
                    !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                }
            if isVersion { rest = rest[..<version.lowerBound] }
        }
        return isRegional ? "bedrock-regional/\(rest)" : String(rest)
    }
}

extension Substring {
    /// Where a text of ASCII characters stands last.
    fileprivate func range(of text: String, fromEnd: Bool) -> Range<Index>? {
        var end = endIndex
        while let start = index(end, offsetBy: -text.count, limitedBy: startIndex) {
            if self[start..<end] == text { return start..<end }
            guard end > startIndex else { return nil }
            end = index(before: end)
        }
        return nil
    }
}
