import Foundation
import JSON
import Templates
import Testing

@Suite("The same text as Jinja2")
struct JinjaComparisonTests {
    private static let script = """
        import json, sys
        try:
            import jinja2
        except ImportError:
            sys.exit(3)
        # What suits prompts better than Jinja's ways: these print nothing that nobody wants in a prompt.
        def printed(value):
            if value is True or value is False:
                return "true" if value else "false"
            if value is None or not isinstance(value, (str, int, float, jinja2.Undefined)):
                raise TypeError("not a text")
            return value
        env = jinja2.Environment(
            undefined=jinja2.StrictUndefined, keep_trailing_newline=True, finalize=printed)
        env.filters["tojson"] = lambda value, indent=None: json.dumps(value, ensure_ascii=False, indent=indent)
        data = json.load(sys.stdin)
        out = []
        for source in data["templates"]:
            try:
                out.append(env.from_string(source).render(**data["variables"]))
            except Exception as error:
                out.append({"error": str(error)})
        json.dump(out, sys.stdout)
        """

    /// What Jinja2 makes of the templates; nil where Python or Jinja2 is missing.
    private static func jinja(_ input: JSONValue) throws -> [JSONValue]? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (standardInput, standardOutput) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        try process.run()
        standardInput.fileHandleForWriting.write(Data(JSONWriter.compact.bytes(of: input)))
        try standardInput.fileHandleForWriting.close()
        let output = standardOutput.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return try JSONParser().parse(String(decoding: output, as: UTF8.self)).array
    }

    @Test("every template of the corpus gives the text Jinja2 gives")
    func corpus() throws {
        let variables = try #require(try JSONParser().parse(JinjaCorpus.variables).object)
        let input = JSONValue.object(pairs: [
            ("templates", .array(JinjaCorpus.templates.map { .string($0) })),
            ("variables", .object(variables)),
        ])
        guard let expected = try Self.jinja(input) else {
            print("skipped: python3 with jinja2 is not installed")
            return
        }
        let context = TemplateContext(variables)
        #expect(expected.count == JinjaCorpus.templates.count)
        for (source, wanted) in zip(JinjaCorpus.templates, expected) {
            let text = Result { try Template(source, name: "p").render(context) }
            switch text {
            case .success(let text): #expect(.string(text) == wanted, "\(source)")
            case .failure(let error): Issue.record("\(source): \(error), Jinja gives \(wanted)")
            }
        }
    }

    /// Templates that Jinja2 renders and this language refuses or renders otherwise, by what they have in common.
    private static let differences: [(part: String, reason: String)] = [
        ("wordwrap", "no such filter here"), ("filesizeformat", "no such filter here"),
        ("endwith", "no such statement here"), ("endmacro", "no such statement here"),
        ("endfilter", "no such statement here"), ("{% set x | upper %}", "no filters on blocks of set"),
        ("-3 ** ", "Jinja2 takes a negative number before ** apart where the exponent is no literal"),
        ("1e400", "numbers are finite"), ("2 ** 100", "whole numbers have 64 bits"),
        ("g.grouper", "the pairs of groupby are taken apart: {% for key, items in … %}"),
        ("{{ v | string | length }}", "a mapping has no text"),
        ("missing | items", "walking what is undefined is an error"),
        ("missing is callable", "only Jinja2 can call an undefined value"),
        ("% xs }}", "a list is what % takes its values from; Jinja2 wants a tuple"),
    ]

    /// Whether Jinja2's text has a list, a mapping or null in it, in Python's spelling: none of them has a text here.
    private static func hasPythonText(_ text: String) -> Bool {
        ["[", "{", "None"].contains { text.contains($0) } || text == "NONE"
    }

    @Test("the combinations of filters, tests, operators and statements give the same text, or both an error")
    func combinations() throws {
        let variables = try #require(try JSONParser().parse(JinjaCorpus.variables).object)
        let templates = JinjaCombinations.templates
        #expect(templates.count > 2000)
        let input = JSONValue.object(pairs: [
            ("templates", .array(templates.map { .string($0) })), ("variables", .object(variables)),
        ])
        guard let expected = try Self.jinja(input) else {
            print("skipped: python3 with jinja2 is not installed")
            return
        }
        #expect(expected.count == templates.count)
        let context = TemplateContext(variables)
        var counts = (same: 0, errors: 0, different: 0)
        for (source, wanted) in zip(templates, expected) {
            let text = Result { try Template(source, name: "p").render(context) }
            switch (text, wanted.string) {
            case (.success(let text), let wanted?) where text == wanted: counts.same += 1
            case (.failure, nil): counts.errors += 1
            case (let outcome, _):
                let isKnown =
                    switch (text, wanted.string) {
                    // Booleans are texts in lower case everywhere, not only where they are printed.
                    case (.success(let text), let wanted?):
                        ["True", "False"].contains(wanted) && text == wanted.lowercased()
                    case (.failure, let wanted?): Self.hasPythonText(wanted)
                    default: false
                    }
                if isKnown || Self.differences.contains(where: { source.contains($0.part) }) {
                    counts.different += 1
                } else {
                    let found = (try? outcome.get()).map { JSONValue.string($0).description } ?? "\(outcome)"
                    Issue.record("\(source)\n  here:   \(found)\n  Jinja2: \(wanted)")
                }
            }
        }
        print(
            "templates compared with Jinja2: \(templates.count), the same text \(counts.same), both an error "
                + "\(counts.errors), documented differences \(counts.different)")
    }
}
