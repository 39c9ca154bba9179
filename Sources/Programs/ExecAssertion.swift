import Assertions
import Diagnostics
import Evals
import JSON

/// `exec`: a program of the user's own judges the answer.
struct ExecAssertion: Sendable {
    private let programs: ProgramAssertions

    /// Prepares the type.
    init(_ programs: ProgramAssertions) { self.programs = programs }

    /// What the catalog holds.
    var descriptor: AssertionDescriptor {
        AssertionDescriptor(
            name: "exec",
            summary: """
                A program of yours says so: it reads the case as a line of JSON (`output`, `json`, `vars`, `context`, \
                `reference`, `question`, `messages`, `tool_calls`, `usage`, `latency_ms`, `cost_usd`, `finish_reason`, \
                `config` …) from standard input and prints `{pass, score, reason}` as a line of JSON, or `true`, `false`, or a \
                score for a `threshold`. A name alone is looked for on the `PATH`; a path with a slash is relative to the file that \
                names it and stays in the project. Runs in the project's root, without a shell. Needs `--allow-exec`.
                """,
            family: .programs, example: "exec: [python3, checks/tone.py]",
            valueSchema: [
                "anyOf": [["type": "string"], ["type": "array", "items": ["type": ["string", "number"]]]]
            ], rendersValue: false,
            options: [
                .init(
                    name: "args", schema: ["type": "array", "items": ["type": ["string", "number"]]],
                    summary: "Arguments behind those of the value."),
                .init(
                    name: "persistent", schema: ["type": "boolean"],
                    summary: """
                        `true`: the process is kept for many cases, with a line in and a line out for each; `false`: each case \
                        has a process of its own, whose input ends and which must exit with 0. Unless written, evalrun finds \
                        out which of them the program does.
                        """),
            ] + ProgramOptions.described
        ) { (specification: AssertionSpecification) throws(DiagnosticError) in try compile(specification) }
    }

    private func compile(_ specification: AssertionSpecification) throws(DiagnosticError) -> CompiledAssertion
    {
        try programs.permit(specification)
        let options = try ProgramOptions(specification)
        let threshold = try Threshold.score(of: specification)
        let words = try words(specification.value, "the value", specification)
        let more = try specification.options["args"].map { value throws(DiagnosticError) in
            try self.words(value, "'args'", specification)
        }
        guard let name = words.first, !name.isEmpty else {
            throw ProgramOptions.mistake(
                "the program to run is missing", specification, hint: "write exec: [PROGRAM, ARGUMENT]")
        }
        let arguments = Array(words.dropFirst()) + (more ?? [])
        let program = Program(
            name: name, executable: try programs.find(name, arguments: arguments, specification),
            arguments: arguments, variables: options.variables,
            memoryMB: options.memoryMB,
            life: try life(specification))
        programs.note(options.variables, specification)
        let verdict = ProgramVerdict(
            name: name, threshold: threshold,
            expected: "a pass of \((words + (more ?? [])).joined(separator: " "))")
        var compiled = CompiledAssertion(specification) { (subject: Subject) throws(EvaluationError) in
            let request = ProgramRequest.line(ProgramRequest.members(of: subject, config: options.config))
            let answer = try await programs.answer(program, request, timeout: options.timeout)
            return try verdict.judgement(answer, on: subject)
        }
        compiled.warnings = specification.idleThreshold(threshold)
        return compiled
    }

    private func words(
        _ value: JSONValue?, _ what: String, _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> [String] {
        guard let value else { return [] }
        var words: [String] = []
        for word in value.array ?? [value] {
            guard let text = ScalarText.text(of: word), !text.utf8.contains(0) else {
                throw ProgramOptions.mistake(
                    "\(what) must be a list of texts", specification, hint: "put it in quotes")
            }
            words.append(text)
        }
        return words
    }

    private func life(_ specification: AssertionSpecification) throws(DiagnosticError) -> Program.Life {
        guard let written = specification.options["persistent"] else { return .foundOut }
        guard let isPersistent = written.bool else {
            throw ProgramOptions.mistake("'persistent' must be true or false", specification)
        }
        return isPersistent ? .manyCases : .oneCase
    }
}

extension AssertionSpecification {
    /// A warning for a threshold that every score reaches.
    func idleThreshold(_ threshold: Double?) -> [Diagnostic] {
        guard threshold == 0 else { return [] }
        return [
            Diagnostic(
                "vacuous-assertion",
                "'\(writtenType)' can't fail on a score: every score reaches a threshold of 0",
                at: mark, hint: "leave the threshold out, or write one above 0", severity: .warning)
        ]
    }
}
