import Diagnostics
import Evals
import JSON
import Patterns

/// What is fine although it looks like something that should not be there.
struct AllowList: Sendable {
    /// The option.
    static let option = AssertionDescriptor.Option(
        name: "allow", schema: OptionValue.listSchema(of: ["type": "string"]),
        summary:
            "What is fine: a text (letter case, spaces and dashes do not count), all addresses of a host (`@acme.example`), or "
            + "a pattern between slashes (`/example\\.(com|org)$/`).")

    private var texts: Set<String> = []
    private var hosts: [String] = []
    private var patterns: [Pattern] = []

    /// Reads the option of a specification.
    init(_ specification: AssertionSpecification) throws(DiagnosticError) {
        for text in try OptionValue.texts("allow", of: specification) ?? [] {
            if text.hasPrefix("/"), let end = text.lastIndex(of: "/"), end > text.startIndex {
                let hasFlags = text.index(after: end) < text.endIndex
                do throws(PatternError) {
                    patterns.append(try Pattern(hasFlags ? text : String(text.dropFirst().dropLast())))
                } catch {
                    throw DiagnosticError(
                        Diagnostic(
                            "bad-pattern", "'allow' of '\(specification.writtenType)': \(error)",
                            at: specification.mark, hint: "a text between slashes is a regular expression"))
                }
            } else if text.hasPrefix("@"), text.utf8.count > 1 {
                hosts.append(text.lowercased())
            } else {
                guard !Self.even(text).isEmpty else {
                    throw OptionValue.mistake(
                        "'allow' of '\(specification.writtenType)' has an empty text", specification,
                        hint: "write what is fine: allow: [support@acme.example]")
                }
                texts.insert(Self.even(text))
            }
        }
    }

    /// Whether there is nothing on the list.
    var isEmpty: Bool { texts.isEmpty && hosts.isEmpty && patterns.isEmpty }

    /// Whether what was found is on the list.
    func contains(_ found: String) throws(PatternError) -> Bool {
        if texts.contains(Self.even(found)) { return true }
        let lower = found.lowercased()
        if hosts.contains(where: { lower.hasSuffix($0) }) { return true }
        for pattern in patterns where try pattern.matches(found) { return true }
        return false
    }

    private static func even(_ text: String) -> String {
        text.lowercased().filter { $0 != " " && $0 != "-" && $0 != "(" && $0 != ")" && $0 != "/" }
    }
}
