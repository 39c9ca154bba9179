import JSON
import Patterns

/// `minLength` and `maxLength`, counted in Unicode scalars.
struct LengthKeyword: SchemaKeyword {
    private let minimum: Int
    private let maximum: Int

    /// Reads both keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        let minimum = compiler.count(site, "minLength") ?? 0
        let maximum = compiler.count(site, "maxLength") ?? .max
        return minimum == 0 && maximum == .max ? [] : [LengthKeyword(minimum: minimum, maximum: maximum)]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .string(let text) = instance else { return true }
        let length = text.unicodeScalars.count
        if length < minimum {
            return run.fail(
                "minLength", "expected at least \(ValueSummary.count(minimum, "character")), found \(length)")
        }
        if length > maximum {
            return run.fail(
                "maxLength", "expected at most \(ValueSummary.count(maximum, "character")), found \(length)")
        }
        return true
    }
}

/// `pattern`: a regular expression that must match somewhere in a string.
struct PatternKeyword: SchemaKeyword {
    private let source: String
    private let pattern: Pattern

    /// Reads `pattern`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        guard let source = compiler.text(site, "pattern"),
            let pattern = compiler.pattern(site, ["pattern"], source)
        else { return [] }
        return [PatternKeyword(source: source, pattern: pattern)]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .string(let text) = instance else { return true }
        if try run.matches(text, pattern, "pattern") { return true }
        return run.fail("pattern", "\(ValueSummary.text(instance)) does not match the pattern \(source)")
    }
}
