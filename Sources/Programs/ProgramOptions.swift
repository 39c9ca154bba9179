import Assertions
import Diagnostics
import Evals
import JSON

/// The options that the types of this module share.
struct ProgramOptions {
    /// The variables to pass on.
    var variables: [String] = []
    /// How long it may take for a case.
    var timeout = Duration.milliseconds(ProgramLimits.timeoutMS)
    /// The most memory of a process, in MiB.
    var memoryMB = ProgramLimits.memoryMB
    /// What the suite's author hands to the program.
    var config: JSONValue?

    /// Reads and checks them.
    init(_ specification: AssertionSpecification) throws(DiagnosticError) {
        config = specification.options["config"]
        if let written = specification.options["timeout_ms"] {
            timeout = .milliseconds(
                try Self.number(written, "timeout_ms", 1...ProgramLimits.longestTimeoutMS, specification))
        }
        if let written = specification.options["memory_mb"] {
            memoryMB = try Self.number(written, "memory_mb", ProgramLimits.memoryRange, specification)
        }
        guard let written = specification.options["env"] else { return }
        for name in written.array ?? [written] {
            guard let text = name.string, Self.isVariable(text) else {
                throw Self.mistake(
                    "'env' must be a list of names of variables, not \(JSONWriter.compact.text(of: name))",
                    specification,
                    hint: "write env: [LANG, TZ]; values are taken from the environment of the run")
            }
            // It is passed on anyway.
            if text != "PATH", !variables.contains(text) { variables.append(text) }
        }
        variables.sort()
    }

    /// A mistake in an option.
    static func mistake(
        _ message: String, _ specification: AssertionSpecification, hint: String? = nil
    ) -> DiagnosticError {
        DiagnosticError(
            Diagnostic(
                "bad-option", "\(message) ('\(specification.writtenType)')", at: specification.mark,
                hint: hint))
    }

    private static func number(
        _ value: JSONValue, _ name: String, _ range: ClosedRange<Int>, _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> Int {
        guard let number = value.integer, range.contains(number) else {
            throw mistake(
                "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)",
                specification)
        }
        return number
    }

    private static func isVariable(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }

    /// What the catalog says of them.
    static let described: [AssertionDescriptor.Option] = [
        .init(
            name: "timeout_ms",
            schema: ["type": "integer", "minimum": 1, "maximum": .integer(ProgramLimits.longestTimeoutMS)],
            summary:
                "Milliseconds for a case, \(ProgramLimits.timeoutMS) unless written; then the process and all it started are "
                + "killed, and the execution is errored."),
        .init(
            name: "memory_mb",
            schema: [
                "type": "integer", "minimum": .integer(ProgramLimits.memoryRange.lowerBound),
                "maximum": .integer(ProgramLimits.memoryRange.upperBound),
            ],
            summary:
                "MiB of private memory that a process may use, \(ProgramLimits.memoryMB) unless written (Linux only)."
        ),
        .init(
            name: "env", schema: ["type": "array", "items": ["type": "string"]],
            summary:
                "Names of variables to pass on; without it the environment is empty but for `PATH`. Variables with keys of "
                + "providers are refused."),
        .init(name: "config", schema: true, summary: "Any value; the program gets it as `config`."),
    ]
}
