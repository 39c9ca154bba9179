public import Evals
import Files
import JSON

/// The key of a request: what makes a recording belong to it.
public enum RequestKey {
    /// SHA-256 of the canonical bytes of the request's key material, as 64 lower-case hexadecimal digits.
    ///
    /// The request must be redacted already, so that the key is the same with and without the secrets.
    public static func sha256(of request: ModelRequest) -> String {
        sha256(of: CanonicalJSON.bytes(of: request.keyMaterial))
    }

    /// SHA-256 as 64 lower-case hexadecimal digits.
    static func sha256(of bytes: [UInt8]) -> String {
        ContentHash.sha256Hex(bytes)
    }

    /// True for 64 lower-case hexadecimal digits.
    static func isKey(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { value(ofDigit: $0) != nil }
    }

    /// The first 8 bytes of a key as a number, for compact indexes; nil when the text is no key.
    static func prefix(of key: String) -> UInt64? {
        guard key.utf8.count == 64 else { return nil }
        var result: UInt64 = 0
        for byte in key.utf8.prefix(16) {
            guard let value = value(ofDigit: byte) else { return nil }
            result = result << 4 | UInt64(value)
        }
        return result
    }

    private static func value(ofDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
