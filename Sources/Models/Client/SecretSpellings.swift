import JSON

/// The ways in which a server may repeat a secret: as it is, with the escapes of JSON, and with those of addresses.
enum SecretSpellings {
    /// All spellings of some secrets, the longest first, so that none is replaced in part only.
    static func all(of secrets: [String]) -> [String] {
        var found: Set<String> = []
        for secret in secrets {
            let escaped = String(JSONWriter.compact.text(of: .string(secret)).dropFirst().dropLast())
            found.formUnion([
                secret, escaped, escaped.replacing("/", with: "\\/"), URLPath.encoded(secret),
            ])
        }
        return found.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }
}
