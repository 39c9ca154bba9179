import Assertions
import Diagnostics
import Evals
import JSON

/// `python` and `javascript`: a snippet or a file with a function judges the answer, as in suites of promptfoo.
///
/// All snippets of a language share workers: the code is compiled once in each, and called per case.
struct ScriptAssertion: Sendable {
    private let programs: ProgramAssertions
    private let language: ScriptLanguage

    /// Prepares the type of a language.
    init(_ programs: ProgramAssertions, _ language: ScriptLanguage) {
        self.programs = programs
        self.language = language
    }

    /// What the catalog holds.
    var descriptor: AssertionDescriptor {
        AssertionDescriptor(
            name: language.type,
            summary: """
                \(language.title) says so, by `\(language.interpreter)`: an expression, lines with `return`, or `file://PATH` (with \
                `:FUNCTION` behind it; `\(language.entry)` without). It has `output` and `context` (`vars`, `prompt`, `config` and \
                what `exec` reads) and gives true, false, a score for a `threshold`, or `{pass, score, reason}`. \
                Needs `--allow-exec`. Templates in it are not filled in.
                """,
            family: .programs, example: language.example,
            valueSchema: ["type": ["string", "boolean", "number"]], rendersValue: false,
            options: ProgramOptions.described
        ) { (specification: AssertionSpecification) throws(DiagnosticError) in try compile(specification) }
    }

    private func compile(_ specification: AssertionSpecification) throws(DiagnosticError) -> CompiledAssertion
    {
        try programs.permit(specification)
        let options = try ProgramOptions(specification)
        let threshold = try Threshold.score(of: specification)
        let source = try source(specification)
        let program = Program(
            name: language.interpreter, executable: try programs.find(language.interpreter, specification),
            arguments: language.arguments(options.memoryMB), variables: options.variables,
            memoryMB: options.memoryMB,
            life: .manyCases, greets: true)
        programs.note(options.variables, specification)
        let verdict = ProgramVerdict(
            name: specification.type, threshold: threshold,
            expected: Excerpt.display(ScalarText.text(of: specification.value ?? .null) ?? ""))
        var compiled = CompiledAssertion(specification, vacuity: vacuity(source, specification)) {
            (subject: Subject) throws(EvaluationError) in
            var context = ProgramRequest.members(of: subject, config: options.config)
            context["test"] = ["vars": .object(subject.variables)]
            let request: JSONObject = [
                "source": source.json, "output": .string(subject.output), "context": .object(context),
            ]
            let answer = try await programs.answer(
                program, ProgramRequest.line(request), timeout: options.timeout)
            let value = try verdict.value(answer)
            if let message = value["error"]?.string {
                throw EvaluationError(
                    .assertion, "the \(language.title) code failed: \(Excerpt.display(message))",
                    hint: value["hint"]?.string)
            }
            guard let result = value["result"] else {
                throw EvaluationError(
                    .assertion, "the \(language.title) code gave nothing", hint: "let it return a verdict")
            }
            return try verdict.judgement(result, on: subject)
        }
        compiled.warnings = specification.idleThreshold(threshold)
        return compiled
    }

    /// Where the code is.
    private enum Source: Hashable {
        case code(String)
        case file(path: String, function: String?)

        /// As the worker reads it.
        var json: JSONValue {
            switch self {
            case .code(let text): ["code": .string(text)]
            case .file(let path, let function):
                ["file": .string(path), "function": function.map { .string($0) } ?? .null]
            }
        }
    }

    private func source(_ specification: AssertionSpecification) throws(DiagnosticError) -> Source {
        guard let value = specification.value, let text = ScalarText.text(of: value) else {
            throw mistake("takes code as a text", specification, hint: "put it in quotes, or below `|`")
        }
        let scheme = "file://"
        if text.hasPrefix(scheme) {
            var path = String(text.dropFirst(scheme.count)).trimmed
            var function: String?
            if let colon = path.lastIndex(of: ":") {
                function = String(path[path.index(after: colon)...])
                path = String(path[..<colon])
            }
            guard function?.isEmpty != true else {
                throw mistake(
                    "names no function behind the colon", specification, hint: "write file://PATH:FUNCTION")
            }
            return .file(path: try programs.script(path, specification), function: function)
        }
        guard !text.trimmed.isEmpty else {
            throw mistake("has no code", specification, hint: "write \(language.example)")
        }
        if let name = TemplateInCode.first(in: text) {
            throw mistake(
                "has the template {{ \(name) }} in its code, and templates are not filled into code",
                specification,
                hint: "use \(language.variable(name)), so that no text of a case becomes code")
        }
        return .code(text)
    }

    private func vacuity(_ source: Source, _ specification: AssertionSpecification) -> String? {
        guard case .code(let text) = source else { return nil }
        let verdict = text.trimmed.lowercased()
        guard verdict == (specification.isNegated ? "false" : "true") else { return nil }
        return "the code does not look at the answer"
    }

    private func mistake(
        _ message: String, _ specification: AssertionSpecification, hint: String
    ) -> DiagnosticError {
        DiagnosticError(
            Diagnostic(
                "bad-value", "'\(specification.writtenType)' \(message)", at: specification.valueMark,
                hint: hint))
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        var part = self[...]
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        while let last = part.last, last.isWhitespace { part.removeLast() }
        return String(part)
    }
}
