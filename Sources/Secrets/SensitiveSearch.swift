/// Looks for what should not leave a project: keys, and personal data.
///
/// Data that is made to stand in examples is left out, see `ExampleData`.
public struct SensitiveSearch: Sendable {
    private let secrets: SecretTexts
    private let kinds: Set<PersonalData>

    /// Creates a search.
    ///
    /// - Parameters:
    ///   - secrets: keys that are known letter by letter, beside those known by their shape.
    ///   - kinds: the personal data to look for.
    public init(secrets: SecretTexts = SecretTexts([]), kinds: Set<PersonalData> = PersonalData.standard) {
        self.secrets = secrets
        self.kinds = kinds
    }

    /// What is found, from left to right, none overlapping; where a key and personal data overlap the key counts.
    public func finds(in bytes: UnsafeBufferPointer<UInt8>) -> [ShapeFind] {
        var keys = KeyShape.finds(in: bytes)
        if !secrets.isEmpty { keys += secrets.finds(in: bytes) }
        keys.removeAll { ExampleData.holds($0, in: bytes) }
        var finds = Self.separate(keys)
        let keyCount = finds.count
        PersonalData.scan(bytes, kinds: kinds) { find in
            guard !ExampleData.holds(find, in: bytes),
                !finds[..<keyCount].contains(where: { $0.range.overlaps(find.range) })
            else { return true }
            finds.append(find)
            return true
        }
        if keyCount > 0, finds.count > keyCount { finds.sort { $0.range.lowerBound < $1.range.lowerBound } }
        return finds
    }

    /// True for kinds of keys, false for personal data.
    public static func isSecret(_ kind: String) -> Bool { PersonalData(rawValue: kind) == nil }

    /// The kind in words, with its article.
    public static func words(for kind: String) -> String {
        if let personal = PersonalData(rawValue: kind) { return personal.words }
        if let shape = KeyShape(rawValue: kind) { return shape.words }
        return kind == "key" ? "the value of a key variable" : "what a pattern of redact: matches"
    }

    private static func separate(_ finds: [ShapeFind]) -> [ShapeFind] {
        guard finds.count > 1 else { return finds }
        var kept: [ShapeFind] = []
        for find in finds.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = kept.last, last.range.overlaps(find.range) { continue }
            kept.append(find)
        }
        return kept
    }
}

extension PersonalData {
    /// The kinds that are looked for unless others are named: all but IP addresses, which are in every log.
    public static let standard: Set<PersonalData> = [.email, .phone, .card, .iban, .ssn]

    /// The kind in words, with its article.
    public var words: String {
        switch self {
        case .email: "an e-mail address"
        case .phone: "a phone number"
        case .card: "a card number"
        case .iban: "an IBAN"
        case .ssn: "a social security number"
        case .ip: "an IP address"
        }
    }
}

extension KeyShape {
    /// The kind in words, with its article.
    public var words: String {
        switch self {
        case .anthropic: "a key of Anthropic"
        case .openai: "a key of OpenAI's shape"
        case .aws: "an access key of AWS"
        case .github: "a token of GitHub"
        case .slack: "a token of Slack"
        case .google: "a key of Google"
        case .jwt: "a JSON web token"
        case .bearer: "a bearer token"
        case .privateKey: "a private key"
        }
    }
}
