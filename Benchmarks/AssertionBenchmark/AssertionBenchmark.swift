import Assertions
import Diagnostics
import Evals
import Files
import JSON
import JSONSchema
import Patterns
import Suites
import Templates

/// Prints, as a JSON object per line, what one call of each assertion type costs, and how fast the engines are.
///
/// `ci/bench` gives it a folder with inputs, and measures Python's libraries on the same inputs beside it. One call
/// is everything that happens to an assertion in a run: selection, judging, negation, the result with its texts.
@main
struct AssertionBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2 else {
            print("usage: AssertionBenchmark FOLDER")
            return
        }
        let inputs = try BenchmarkInputs(folder: arguments[1])
        try await assertions(inputs)
        try engines(inputs)
    }

    /// Every type of the catalog with the example of its reference, on an answer of the kind it looks at.
    private static func assertions(_ inputs: BenchmarkInputs) async throws {
        for descriptor in AssertionCatalog.standard.descriptors {
            let assertion = try inputs.assertion(written: descriptor.example)
            let subject = inputs.subject(for: descriptor)
            let result = await AssertionEvaluation.evaluate(assertion, on: subject)
            var passed = 0
            let seconds = await Stopwatch.perCall {
                if await AssertionEvaluation.evaluate(assertion, on: subject).passed { passed &+= 1 }
            }
            line([
                "kind": "assertion", "name": .string(descriptor.name),
                "ns": .double((seconds * 1e9).rounded()),
                "outcome": .string(result.error != nil ? "error" : result.passed ? "passed" : "failed"),
            ])
        }
    }

    private static func engines(_ inputs: BenchmarkInputs) throws {
        let parser = JSONParser()
        try engine("json-parse", bytes: inputs.document.utf8.count) { _ = try parser.parse(inputs.document) }

        let schema = try CompiledSchema(try parser.parse(inputs.schema))
        let instance = try parser.parse(inputs.instance)
        guard try schema.accepts(instance) else {
            throw BenchmarkError("the instance does not fit the schema")
        }
        try engine("schema-validate", bytes: inputs.instance.utf8.count) { _ = try schema.accepts(instance) }

        let template = try Template(inputs.template, name: "bench")
        let context = TemplateContext(try parser.parse(inputs.variables).object ?? [:])
        let rendered = try template.render(context)
        try engine("template-render", bytes: rendered.utf8.count) { _ = try template.render(context) }

        for (name, source) in inputs.patterns {
            let pattern = try Pattern(source)
            try engine("regex " + name, bytes: inputs.text.utf8.count) {
                _ = try pattern.matches(inputs.text)
            }
        }
    }

    private static func engine(_ name: String, bytes: Int, _ body: () throws -> Void) throws {
        let seconds = try Stopwatch.perCall(body)
        line([
            "kind": "engine", "name": .string(name), "ns": .double((seconds * 1e9).rounded()),
            "bytes": .integer(bytes),
        ])
    }

    private static func line(_ value: JSONObject) { print(JSONWriter.compact.text(of: .object(value))) }
}

/// Why the benchmark can't run.
struct BenchmarkError: Error, CustomStringConvertible {
    /// What is wrong.
    let description: String

    /// Creates an error.
    init(_ description: String) { self.description = description }
}
