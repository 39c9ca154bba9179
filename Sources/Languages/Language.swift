/// A language that can be told from others.
public struct Language: Sendable, Hashable {
    /// Its ISO 639-1 code; with a script for Chinese where one is asked for: `zh-Hant`.
    public var code: String
    /// Its English name.
    public var name: String

    /// The language with a code, an English name or its own name, whatever the letter case; nil when it is none
    /// that can be told.
    ///
    /// `en-US` and `pt_BR` are not known: regions can't be told.
    public init?(_ written: String) {
        let wanted = written.lowercased()
        guard
            let row = Self.table.first(where: { row in
                row.code.lowercased() == wanted || row.name.lowercased() == wanted
                    || row.names.contains(wanted)
            })
        else { return nil }
        code = row.code
        name = row.name
    }

    /// Whether a detected code is this language: `zh` is Chinese in either script, `no` either Norwegian.
    public func includes(_ detected: String) -> Bool {
        detected == code || code == "zh" && detected.hasPrefix("zh-")
            || code == "no" && (detected == "nb" || detected == "nn")
    }

    /// All codes that can be told.
    public static var codes: [String] { table.map(\.code) }
    /// All English names that can be told.
    public static var names: [String] { table.map(\.name) }

    /// The English name for a detected code; the code where there is none.
    public static func name(of detected: String) -> String {
        table.first { $0.code == detected }?.name ?? detected
    }

    private struct Row: Sendable {
        var code: String
        var name: String
        var names: [String] = []
        /// Whether the recognizer of a Mac knows it too.
        var isOnMac = true
    }

    private static let table: [Row] = {
        #if canImport(NaturalLanguage)
            rows.filter(\.isOnMac)
        #else
            rows
        #endif
    }()

    private static let rows: [Row] = [
        Row(code: "en", name: "English"),
        Row(code: "de", name: "German", names: ["deutsch"]),
        Row(code: "fr", name: "French", names: ["français", "francais"]),
        Row(code: "es", name: "Spanish", names: ["español", "espanol", "castilian"]),
        Row(code: "it", name: "Italian", names: ["italiano"]),
        Row(code: "pt", name: "Portuguese", names: ["português", "portugues"]),
        Row(code: "nl", name: "Dutch", names: ["nederlands", "flemish"]),
        Row(code: "pl", name: "Polish", names: ["polski"]),
        Row(code: "cs", name: "Czech", names: ["čeština"]),
        Row(code: "sk", name: "Slovak"), Row(code: "sl", name: "Slovenian", isOnMac: false),
        Row(code: "hu", name: "Hungarian", names: ["magyar"]), Row(code: "ro", name: "Romanian"),
        Row(code: "bg", name: "Bulgarian"), Row(code: "hr", name: "Croatian"),
        Row(code: "sr", name: "Serbian", isOnMac: false), Row(code: "mk", name: "Macedonian", isOnMac: false),
        Row(code: "sq", name: "Albanian", isOnMac: false), Row(code: "el", name: "Greek"),
        Row(code: "ru", name: "Russian", names: ["русский"]), Row(code: "uk", name: "Ukrainian"),
        Row(code: "be", name: "Belarusian", isOnMac: false),
        Row(code: "lt", name: "Lithuanian", isOnMac: false), Row(code: "lv", name: "Latvian", isOnMac: false),
        Row(code: "et", name: "Estonian", isOnMac: false),
        Row(code: "da", name: "Danish", names: ["dansk"]),
        Row(code: "sv", name: "Swedish", names: ["svenska"]),
        Row(code: "no", name: "Norwegian", names: ["norsk", "nb", "norwegian bokmål"]),
        Row(code: "fi", name: "Finnish", names: ["suomi"]), Row(code: "is", name: "Icelandic"),
        Row(code: "ga", name: "Irish", isOnMac: false),
        Row(code: "gd", name: "Scottish Gaelic", isOnMac: false),
        Row(code: "cy", name: "Welsh", isOnMac: false), Row(code: "ca", name: "Catalan"),
        Row(code: "gl", name: "Galician", isOnMac: false), Row(code: "eu", name: "Basque", isOnMac: false),
        Row(code: "mt", name: "Maltese", isOnMac: false), Row(code: "tr", name: "Turkish", names: ["türkçe"]),
        Row(code: "az", name: "Azerbaijani", isOnMac: false), Row(code: "ka", name: "Georgian"),
        Row(code: "hy", name: "Armenian"), Row(code: "he", name: "Hebrew", names: ["iw", "עברית"]),
        Row(code: "yi", name: "Yiddish", isOnMac: false), Row(code: "ar", name: "Arabic", names: ["العربية"]),
        Row(code: "fa", name: "Persian", names: ["farsi", "فارسی"]), Row(code: "ur", name: "Urdu"),
        Row(code: "hi", name: "Hindi", names: ["हिन्दी"]), Row(code: "bn", name: "Bengali"),
        Row(code: "pa", name: "Punjabi"), Row(code: "gu", name: "Gujarati"), Row(code: "or", name: "Odia"),
        Row(code: "mr", name: "Marathi"), Row(code: "ne", name: "Nepali", isOnMac: false),
        Row(code: "ta", name: "Tamil"), Row(code: "te", name: "Telugu"), Row(code: "kn", name: "Kannada"),
        Row(code: "ml", name: "Malayalam"), Row(code: "si", name: "Sinhala"), Row(code: "th", name: "Thai"),
        Row(code: "lo", name: "Lao"), Row(code: "km", name: "Khmer"),
        Row(code: "vi", name: "Vietnamese", names: ["tiếng việt"]), Row(code: "id", name: "Indonesian"),
        Row(code: "ms", name: "Malay"), Row(code: "tl", name: "Tagalog", names: ["filipino"], isOnMac: false),
        Row(code: "jv", name: "Javanese", names: ["jw"], isOnMac: false),
        Row(code: "sw", name: "Swahili", isOnMac: false), Row(code: "af", name: "Afrikaans", isOnMac: false),
        Row(code: "rw", name: "Kinyarwanda", isOnMac: false),
        Row(code: "ht", name: "Haitian Creole", isOnMac: false),
        Row(code: "zh", name: "Chinese", names: ["中文"]),
        Row(code: "zh-Hans", name: "Simplified Chinese", names: ["简体中文", "zh-cn"]),
        Row(code: "zh-Hant", name: "Traditional Chinese", names: ["繁體中文", "zh-tw"]),
        Row(code: "ja", name: "Japanese", names: ["日本語"]), Row(code: "ko", name: "Korean", names: ["한국어"]),
    ]
}
