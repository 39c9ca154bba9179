import Assertions
import Diagnostics
import Evals
import Foundation  // Reading the file of cases and the environment; tests only.
import JSON
import Testing
import YAML

@Suite("Cases of promptfoo")
struct ConformanceTests {
    /// Cases in which this program differs on purpose.
    private static let refused: [String: String] = [
        "pf-icontains-any-013": "a list without items is a mistake of the suite (empty-list), not a failure",
        "pf-regex-003": "a pattern that does not compile is a mistake of the suite (bad-pattern)",
        "pf-is-json-022": "a schema that does not compile is a mistake of the suite (bad-schema)",
    ]

    private static let file: String = {
        if let path = ProcessInfo.processInfo.environment["EVALRUN_ASSERTION_CASES"] { return path }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appendingPathComponent("../shared/reference/assertion-cases.jsonl").standardized.path
    }()

    @Test(
        "have the same outcome",
        .enabled(
            if: FileManager.default.fileExists(atPath: file),
            "the file of cases is not there; EVALRUN_ASSERTION_CASES names it"))
    func outcomes() async throws {
        let text = try String(contentsOfFile: Self.file, encoding: .utf8)
        var checked = 0
        for line in text.split(separator: "\n") {
            let row = try JSONParser().parse(String(line))
            let id = try #require(row["id"]?.string)
            let stated = try #require(row["assert"])
            guard let specification = Self.specification(stated, row["vars"]) else { continue }
            checked += 1
            let compiled: CompiledAssertion
            do throws(DiagnosticError) {
                compiled = try AssertionCatalog.standard.compile(specification)
            } catch {
                #expect(row["error"] == true || Self.refused[id] != nil, "\(id): \(error.diagnostics)")
                continue
            }
            #expect(Self.refused[id] == nil, "\(id) is no longer refused")
            let result = await AssertionEvaluation.evaluate(compiled, on: Self.subject(row))
            #expect((result.error != nil) == (row["error"] == true), "\(id): \(result)")
            #expect(result.passed == row["pass"]?.bool, "\(id): \(result)")
            if let score = row["score"]?.double {
                #expect(abs(result.score - score) <= row["scoreTol"]?.double ?? 1e-9, "\(id): \(result)")
            }
            if let least = row["scoreMin"]?.double { #expect(result.score >= least, "\(id)") }
            if let most = row["scoreMax"]?.double { #expect(result.score <= most, "\(id)") }
        }
        #expect(checked == text.split(separator: "\n").count, "cases of unknown types are left out")
        print("assertion cases: \(checked), \(Self.refused.count) of them refused on purpose")
    }

    private static func subject(_ row: JSONValue) -> Subject {
        Subject(
            reply: Reply(
                content: row["output"]?.string, finishReason: row["finishReason"]?.string,
                latencyMS: row["latencyMs"]?.double),
            cost: row["cost"]?.number.flatMap { Money(usd: $0) },
            tools: (row["providerConfig"]?["functions"] ?? row["providerConfig"]?["tools"])
                .map { rendered($0, row["vars"]) }?.array ?? [])
    }

    /// A value with `{{name}}` in its texts replaced, as the provider's configuration is rendered there.
    private static func rendered(_ value: JSONValue, _ variables: JSONValue?) -> JSONValue {
        var text = value.description
        for (name, variable) in variables?.object ?? [:] {
            text = text.replacingOccurrences(of: "{{\(name)}}", with: variable.string ?? variable.description)
        }
        return (try? JSONParser().parse(text)) ?? value
    }

    /// The assertion; nil where the catalog does not know its type.
    private static func specification(_ stated: JSONValue, _ variables: JSONValue?) -> AssertionSpecification?
    {
        guard let written = stated["type"]?.string,
            let (descriptor, isNegated) = AssertionCatalog.standard.resolve(written)
        else { return nil }
        let inner = (stated["assert"]?.array ?? []).map { specification($0, variables) }
        guard inner.allSatisfy({ $0 != nil }) else { return nil }
        var value = stated["value"]
        // The only templates of the cases are whole values.
        for (name, variable) in variables?.object ?? [:]
        where ["{{ \(name) }}", "{{\(name)}}"].contains(value?.string) {
            value = variable
        }
        // The loader reads text with a line feed as the YAML source of a schema.
        if descriptor.valueIsSchema, let text = value?.string, text.contains("\n") {
            value = YAMLReader.parse(Array(text.utf8), file: "cases").root.map(Self.json)
        }
        return AssertionSpecification(
            type: descriptor.name, writtenType: written, isNegated: isNegated, value: value,
            threshold: stated["threshold"]?.double, weight: stated["weight"]?.double ?? 1,
            inner: inner.compactMap(\.self))
    }

    private static func json(_ node: YAMLNode) -> JSONValue {
        switch node.kind {
        case .sequence(let items): .array(items.map(json))
        case .mapping(let entries): .object(JSONObject(entries.map { ($0.keyText, json($0.value)) }))
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: .null
            case .bool(let value): .bool(value)
            case .integer(let value): .integer(value)
            case .bigInteger(let text), .double(_, let text):
                JSONNumber(text: text).map { .number($0) } ?? .string(text)
            case .string: .string(scalar.text)
            }
        }
    }
}
