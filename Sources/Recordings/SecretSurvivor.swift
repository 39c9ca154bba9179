import JSON
import Secrets

/// Looks for secrets that are still in a value after it was redacted.
struct SecretSurvivor {
    /// Secrets that are known letter by letter.
    let secrets: SecretTexts
    /// Whether to look for the shapes of keys as well.
    var looksForShapes = true

    /// The kind of the first secret in a string or key of the value; nil without one.
    func kind(in value: JSONValue) -> String? {
        switch value {
        case .null, .bool, .number: return nil
        case .string(let text): return kind(in: text)
        case .array(let elements): return elements.lazy.compactMap { kind(in: $0) }.first
        case .object(let members):
            return members.lazy.compactMap { kind(in: $0.key) ?? kind(in: $0.value) }.first
        }
    }

    private func kind(in text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            if !secrets.isEmpty, let find = secrets.finds(in: bytes).first { return find.kind }
            guard looksForShapes else { return nil }
            return KeyShape.finds(in: bytes, limit: 1).first?.kind
        }
    }
}
