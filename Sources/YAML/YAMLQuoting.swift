/// Texts in quotes, as one would write them by hand.
public enum YAMLQuoting {
    /// The text as a quoted scalar of one line: single quotes where they do, else double quotes with escapes.
    public static func quoted(_ text: String) -> String {
        quoted(Array(text.unicodeScalars)[...], preferDouble: false)
    }

    /// The same for scalars; `preferDouble` asks for double quotes where no escape is needed for them.
    static func quoted(_ scalars: ArraySlice<Unicode.Scalar>, preferDouble: Bool) -> String {
        let hasSingle = scalars.contains("'")
        let needsEscape = scalars.contains { $0 == "\"" || $0 == "\\" }
        let special = scalars.contains { $0 == "\t" || YAMLCharacter.needsEscape($0) || $0 == "\n" }
        if special || hasSingle && !needsEscape || preferDouble && !needsEscape { return double(scalars) }
        var result = "'"
        for scalar in scalars {
            if scalar == "'" { result += "'" }
            result.unicodeScalars.append(scalar)
        }
        return result + "'"
    }

    /// A double-quoted scalar of one line.
    static func double(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var result = "\""
        for scalar in scalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where YAMLCharacter.needsEscape(scalar): result += YAMLCharacter.escape(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
