/// Unicode properties: the names ECMA-262 allows in `\p{…}`, in the spelling of the engine.
enum PatternProperty {
    /// The engine's spelling of a property, and whether the meaning is to be inverted.
    static func engineSpelling(_ name: String) -> (name: String, inverted: Bool) {
        if let sign = name.unicodeScalars.firstIndex(of: "=") {
            let key = name[..<sign]
            let value = String(name[name.unicodeScalars.index(after: sign)...])
            switch key {
            case "General_Category", "gc": return (categories[value] ?? value, false)
            case "Script", "sc": return ("sc:" + value, false)
            case "Script_Extensions", "scx": return ("scx:" + value, false)
            default: return (name, false)
            }
        }
        // Everything but the unassigned code points.
        if name == "Assigned" { return ("Cn", true) }
        return (categories[name] ?? name, false)
    }

    /// Long names of general categories (PropertyValueAliases.txt of Unicode); the engine knows short ones.
    private static let categories: [String: String] = [
        "Letter": "L", "Cased_Letter": "L&", "LC": "L&", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll",
        "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M",
        "Combining_Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
        "Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
        "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd",
        "Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi",
        "Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm",
        "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z",
        "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Other": "C",
        "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co",
        "Unassigned": "Cn",
    ]
}
