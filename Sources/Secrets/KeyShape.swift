/// The shapes by which secret keys are known without knowing the keys.
public enum KeyShape: String, CaseIterable, Sendable {
    /// Keys of Anthropic: `sk-ant-…`.
    case anthropic
    /// Keys of OpenAI and those who write theirs alike: `sk-…`.
    case openai
    /// Access key ids of AWS: `AKIA…`.
    case aws
    /// Tokens of GitHub: `ghp_…`, `github_pat_…`.
    case github
    /// Tokens of Slack: `xoxb-…`.
    case slack
    /// API keys of Google: `AIza…`.
    case google
    /// JSON web tokens: `eyJ….eyJ….…`.
    case jwt
    /// What stands behind `Bearer`.
    case bearer
    /// PEM blocks of private keys.
    case privateKey = "private-key"

    /// A secret in a text.
    public typealias Find = ShapeFind

    /// All secrets of a text from left to right, none overlapping.
    ///
    /// Ends at the `limit`th find, for those who need to know only that there are many.
    public static func finds(in bytes: UnsafeBufferPointer<UInt8>, limit: Int = .max) -> [Find] {
        var runs = TokenRuns(bytes)
        return finds(in: bytes, &runs, limit: limit)
    }

    /// The same with the runs that are read, whose work is linear in the text.
    static func finds(
        in bytes: UnsafeBufferPointer<UInt8>, _ runs: inout TokenRuns, limit: Int = .max
    ) -> [Find] {
        var finds: [Find] = []
        var position = 0
        while position < bytes.count, finds.count < limit {
            guard mayBegin(bytes[position]), position == 0 || !isWord(bytes[position - 1]),
                let (range, shape) = find(at: position, in: bytes, &runs)
            else {
                position += 1
                continue
            }
            finds.append(Find(range: range, kind: shape.rawValue))
            position = max(position + 1, range.upperBound)
        }
        return finds
    }

    private static func mayBegin(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "s"), UInt8(ascii: "A"), UInt8(ascii: "g"), UInt8(ascii: "x"), UInt8(ascii: "e"),
            UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func find(
        at start: Int, in bytes: UnsafeBufferPointer<UInt8>, _ runs: inout TokenRuns
    ) -> (Range<Int>, KeyShape)? {
        let scan = KeyScan(bytes: bytes, start: start)
        switch bytes[start] {
        case UInt8(ascii: "s"):
            if let (_, run) = scan.token(after: "sk-ant-", atLeast: 16, &runs) {
                return (start..<run.range.upperBound, .anthropic)
            }
            if let (body, run) = scan.token(after: "sk-", atLeast: 20, &runs), run.looksRandom(from: body) {
                return (start..<run.range.upperBound, .openai)
            }
        case UInt8(ascii: "A"):
            if let (_, run) = scan.token(after: "AIza", atLeast: 35, &runs) {
                return (start..<run.range.upperBound, .google)
            }
            for prefix: StaticString in ["AKIA", "ASIA", "ABIA", "ACCA"] {
                if let end = scan.end(after: prefix, atLeast: 16, KeyScan.isUpperOrDigit), end == start + 20,
                    end == bytes.count || !isWord(bytes[end])
                {
                    return (start..<end, .aws)
                }
            }
        case UInt8(ascii: "g"):
            for prefix: StaticString in ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"] {
                if let end = scan.end(after: prefix, atLeast: 36, KeyScan.isAlphanumeric) {
                    return (start..<end, .github)
                }
            }
            if let end = scan.end(after: "github_pat_", atLeast: 22, isWord) { return (start..<end, .github) }
        case UInt8(ascii: "x"):
            for prefix: StaticString in [
                "xoxb-", "xoxp-", "xoxa-", "xoxe-", "xoxo-", "xoxr-", "xoxs-", "xapp-",
            ] {
                if let (body, run) = scan.token(after: prefix, atLeast: 10, &runs), run.lastDigit >= body {
                    return (start..<run.range.upperBound, .slack)
                }
            }
        case UInt8(ascii: "e"):
            if let end = scan.endOfJWT(&runs) { return (start..<end, .jwt) }
        case UInt8(ascii: "-"):
            if let end = scan.endOfPrivateKey() { return (start..<end, .privateKey) }
        default:
            if let token = scan.bearerToken() {
                // A key with a shape of its own is found by that, so that it has one kind everywhere.
                if mayBegin(bytes[token.lowerBound]), let inner = find(at: token.lowerBound, in: bytes, &runs)
                {
                    return inner
                }
                return (token, .bearer)
            }
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        KeyScan.isAlphanumeric(byte) || byte == UInt8(ascii: "_")
    }
}
