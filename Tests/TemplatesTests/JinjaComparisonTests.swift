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
        env = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
        data = json.load(sys.stdin)
        out = []
        for source in data["templates"]:
            try:
                out.append(env.from_string(source).render(**data["variables"]))
            except Exception as error:
                out.append(None)
                print(repr(source), error, file=sys.stderr)
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
}
