/// What to say of keywords that no draft has.
enum KeywordAdvice {
    /// A warning for a near miss or a keyword of a related language; nil for a plain annotation.
    static func warning(unknown keyword: String) -> String? {
        if let meant = KeywordTable.nearMiss(of: keyword) {
            return "'\(keyword)' is no keyword and has no effect; did you mean '\(meant)'?"
        }
        switch keyword {
        case "nullable":
            return "'nullable' is no keyword of JSON Schema and has no effect; add \"null\" to 'type'"
        case "divisibleBy": return "'divisibleBy' is no keyword since draft 4; write 'multipleOf'"
        case "extends": return "'extends' is no keyword since draft 4; write 'allOf'"
        case "disallow": return "'disallow' is no keyword since draft 4; write 'not'"
        default: return nil
        }
    }
}
