import JSON
import Testing

@Suite("check")
struct CheckTests {
    private static let traps = """
        suite: s
        prompts: [p]
        models: [echo]
        cases:
          - id: one
            vars: {q: {text: x}}
            assert:
              - contains: #1 seller
              - regex: [0-9]+ days
              - equals: {{ q.text }}
              - contains: *bold*
              - contains: Price: 5
              - {contains: Total: 7, weight: 2}   # stays
              - icontains: "fine"

        """

    @Test("--fix writes the quotes, all at once, and leaves the rest of the file as it is")
    func fix() throws {
        let project = try Sample.project([], more: ["evalsuites/s.suite.yaml": Self.traps])
        let before = try project.run("check")
        #expect(before.exitCode == 2 && before.output == "", "\(before.all)")
        #expect(try project.read("evalsuites/s.suite.yaml") == Self.traps, "check alone writes nothing")

        let fixed = try project.run("check", "--fix")
        #expect(fixed.exitCode == 0, "\(fixed.all)")
        #expect(fixed.output.hasPrefix("ok: "), "\(fixed.all)")
        #expect(
            fixed.errors.contains("fixed evalsuites/s.suite.yaml:9:16: [0-9]+ days → '[0-9]+ days'\n"),
            "\(fixed.all)")
        #expect(
            try project.read("evalsuites/s.suite.yaml")
                == Self.traps.replacing("#1 seller", with: "\"#1 seller\"")
                .replacing("[0-9]+ days", with: "'[0-9]+ days'")
                .replacing("{{ q.text }}", with: "\"{{ q.text }}\"")
                .replacing("*bold*", with: "'*bold*'").replacing("Price: 5", with: "'Price: 5'")
                .replacing("Total: 7", with: "'Total: 7'"))
        let again = try project.run("check", "--fix")
        #expect(again.exitCode == 0 && again.errors == "", "\(again.all)")
    }

    @Test("--fix leaves what it can't mend, and says so with exit code 2")
    func unfixable() throws {
        let suite = Sample.suite(["{id: a, assert: [{contains: Price: 5}, {contians: x}]}"])
        let project = try Sample.project([], more: ["evalsuites/s.suite.yaml": suite])
        let run = try project.run("check", "--fix")
        #expect(run.exitCode == 2, "\(run.all)")
        #expect(run.errors.contains("fixed evalsuites/s.suite.yaml:5:"), "\(run.all)")
        #expect(run.errors.contains("error[unknown-assertion]"), "\(run.all)")
        #expect(try project.read("evalsuites/s.suite.yaml").contains("contains: 'Price: 5'"))
    }

    @Test("--fix does not write through a link out of the project")
    func fixThroughLink() throws {
        let outside = try TemporaryProject(["s.suite.yaml": Self.traps])
        let project = try Sample.project([])
        try project.remove("evalsuites/s.suite.yaml")
        try project.link("evalsuites/s.suite.yaml", to: outside.path + "/s.suite.yaml")
        let run = try project.run("check", "--fix")
        #expect(run.exitCode == 2, "\(run.all)")
        #expect(try outside.read("s.suite.yaml") == Self.traps)
    }

    @Test("--vacuous lists the assertions that pass whatever the answer is")
    func vacuous() throws {
        let cases = [
            """
            {id: a, vars: {q: {text: red}}, response: The answer is red., assert: [{regex: '^[^0-9]*$'}, \
            {contains: red}, {not-contains: idiot}, {word-count: {max: 50}}]}
            """,
            "{id: b, vars: {q: {text: sea}}, response: The sea is blue., assert: [{contains: blue}]}",
        ]
        let project = try Sample.project(cases)
        let quiet = try project.run("check", "--strict")
        #expect(quiet.exitCode == 0 && quiet.errors == "", "\(quiet.all)")
        let run = try project.run("check", "--vacuous")
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(
            run.errors.contains("warning[weak-assertion]: 'regex' passes on an empty answer"), "\(run.all)")
        #expect(run.errors.components(count: "weak-assertion") == 1, "\(run.all)")
        #expect(run.output.contains("2 guards also pass them all"), "\(run.all)")
        #expect(run.output.contains("evalsuites/s.suite.yaml:5: not-contains\n"), "\(run.all)")
        let strict = try project.run("check", "--vacuous", "--strict")
        #expect(strict.exitCode == 2, "\(strict.all)")
    }

    @Test("--vacuous does not report an assertion that a single case tells apart")
    func oneCaseIsEnough() throws {
        let head = """
            models: [echo]
            defaults: {assert: [{contains: "{{ q.text }}"}]}
            """
        let cases = [
            "{id: a, vars: {q: {text: ''}}, response: x}", "{id: b, vars: {q: {text: y}}, response: y}",
        ]
        let project = try Sample.project(cases, head: head)
        let run = try project.run("check", "--vacuous")
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(!run.errors.contains("weak-assertion"), "\(run.all)")
    }
}

extension String {
    /// How often a text stands in this one.
    fileprivate func components(count text: String) -> Int { ranges(of: text).count }
}
