/// Texts of the project file with `${NAME}` and `${NAME:-default}` in them.
enum EnvironmentText {
    /// Replaces the variables; a variable that is not set, or is empty, counts as missing unless it has a default.
    static func expand(
        _ text: String, environment: (String) -> String?
    ) -> Result<String, ProviderSettings.ExpansionMistake> {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            result += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            guard let end = rest.firstIndex(of: "}") else {
                return .failure(.malformed("a '${' has no '}' behind it"))
            }
            let inside = rest[..<end]
            rest = rest[rest.index(after: end)...]
            if inside.contains("${") {
                return .failure(.malformed("a '${' stands inside of another, or lacks its '}'"))
            }
            let separator = inside.firstRange(of: ":-")
            let name = String(inside[..<(separator?.lowerBound ?? inside.endIndex)])
            guard isName(name) else {
                return .failure(
                    .malformed("'${…}' takes ${NAME} or ${NAME:-default}, NAME being letters, digits and _"))
            }
            if let value = environment(name), !value.isEmpty {
                guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
                    return .failure(.unusable(name))
                }
                result += value
            } else if let separator {
                result += inside[separator.upperBound...]
            } else {
                return .failure(.missing(name))
            }
        }
        return .success(result + rest)
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
