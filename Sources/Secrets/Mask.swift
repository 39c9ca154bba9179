/// What is shown in place of a secret or of personal data: enough to find it, too little to use it.
public enum Mask {
    /// The find in masked form.
    public static func text(of find: ShapeFind, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        let text = String(decoding: bytes[find.range], as: UTF8.self)
        guard let kind = PersonalData(rawValue: find.kind) else { return key(text, kind: find.kind) }
        switch kind {
        case .email: return email(text)
        case .card: return "**** **** **** \(lastDigits(text, 4))"
        case .ssn: return "***-**-\(lastDigits(text, 4))"
        case .iban: return "\(text.prefix(2))** **** \(text.suffix(2))"
        case .phone:
            let country =
                text.first == "+"
                ? "+"
                    + text.unicodeScalars.filter { ("0"..."9").contains($0) }
                    .prefix(2).map { String($0) }.joined() : ""
            return "\(country)***\(lastDigits(text, 2))"
        case .ip:
            let isNew = text.contains(":")
            return text.prefix { $0 != "." && $0 != ":" } + (isNew ? ":***" : ".***")
        }
    }

    private static func email(_ text: String) -> String {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let ending = parts[1].split(separator: ".").last else { return "***" }
        return "\(parts[0].prefix(1))***@\(parts[1].prefix(1))***.\(ending)"
    }

    private static func lastDigits(_ text: String, _ count: Int) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.filter { ("0"..."9").contains($0) }.suffix(count)))
    }

    /// The part of a key that all keys of its kind have, and its length.
    private static func key(_ text: String, kind: String) -> String {
        let prefix =
            switch KeyShape(rawValue: kind) {
            case .anthropic: "sk-ant-"
            case .openai: "sk-"
            case .aws: String(text.prefix(4))
            case .github: text.hasPrefix("github_pat_") ? "github_pat_" : String(text.prefix(4))
            case .slack: String(text.prefix(5))
            case .google: "AIza"
            case .jwt: "eyJ"
            case .privateKey: "-----BEGIN PRIVATE KEY"
            case .bearer, nil: ""
            }
        return "\(prefix)…(\(text.unicodeScalars.count) characters)"
    }
}
