import Foundation
import JSON
import JSONSchema
import Testing

/// The published test suite of JSON Schema, where it is at hand: `EVALRUN_JSON_SCHEMA_SUITE` names its folder.
@Suite("The official test suite of JSON Schema")
struct OfficialSuiteTests {
    /// Optional tests that fail, as `folder/file: group: test`, and why.
    static let knownFailures: [String: String] = {
        var known: [String: String] = [:]
        for draft in ["draft2019-09", "draft2020-12", "draft7"] {
            known[
                "\(draft)/optional/format/ecmascript-regex.json: ECMA 262 lookbehind is valid, including variable width: a variable-width lookbehind (ES2018)"
            ] =
                "the engine wants lookbehind of a bounded length"
        }
        for draft in ["draft2019-09", "draft2020-12", "draft7"] {
            known[
                "\(draft)/optional/format/ecmascript-regex.json: global inline flag groups are not valid ECMA 262: a single global inline flag (?i)"
            ] =
                "the engine knows inline flags such as (?i), and suites use them"
        }
        for draft in ["draft2019-09", "draft2020-12", "draft7"] {
            known[
                "\(draft)/optional/format/ecmascript-regex.json: global inline flag groups are not valid ECMA 262: multiple global inline flags (?ims)"
            ] =
                "the engine knows inline flags such as (?i), and suites use them"
        }
        for draft in ["draft4", "draft6"] {
            known[
                "\(draft)/optional/format/hostname.json: validation of host names: hostname with consecutive hyphens (RFC1123)"
            ] =
                "two hyphens in the third and fourth place are reserved (RFC 5891) in every draft"
        }
        known[
            "draft4/optional/zeroTerminatedFloats.json: some languages do not distinguish between different types of numeric value: a float is not an integer even without fractional part"
        ] =
            "1.0 is an integer in every draft"
        known[
            "draft7/optional/content.json: validation of binary string-encoding: an invalid base64 string (% is not a valid character)"
        ] =
            "contentEncoding and contentMediaType are annotations"
        known[
            "draft7/optional/content.json: validation of binary-encoded media type documents: a validly-encoded invalid JSON document"
        ] =
            "contentEncoding and contentMediaType are annotations"
        known[
            "draft7/optional/content.json: validation of binary-encoded media type documents: an invalid base64 string that is valid JSON"
        ] =
            "contentEncoding and contentMediaType are annotations"
        known[
            "draft7/optional/content.json: validation of string-encoded content based on media type: an invalid JSON document"
        ] =
            "contentEncoding and contentMediaType are annotations"
        return known
    }()

    static let drafts: [(folder: String, draft: SchemaDraft)] = [
        ("draft4", .draft4), ("draft6", .draft6), ("draft7", .draft7), ("draft2019-09", .draft2019),
        ("draft2020-12", .draft2020),
    ]

    @Test(
        "every required test has the published result",
        .enabled(
            if: isThere, "there is no JSON Schema test suite; EVALRUN_JSON_SCHEMA_SUITE names its folder"),
        arguments: drafts)
    func required(folder: String, draft: SchemaDraft) throws {
        let files = Self.files("tests/\(folder)")
        #expect(files.count > 25)
        let outcome = try Self.run(files, draft, assertsFormat: false)
        for failure in outcome.failures { Testing.Issue.record("\(failure)") }
        print("JSON Schema suite, \(folder): \(outcome.passed) of \(outcome.total) required tests pass")
    }

    @Test(
        "at least 95 % of the optional tests have the published result, and none is lost",
        .enabled(
            if: isThere, "there is no JSON Schema test suite; EVALRUN_JSON_SCHEMA_SUITE names its folder"))
    func optional() throws {
        var passed = 0
        var total = 0
        var lost: Set<String> = []
        for (folder, draft) in Self.drafts {
            let plain = try Self.run(Self.files("tests/\(folder)/optional"), draft, assertsFormat: false)
            let formats = try Self.run(
                Self.files("tests/\(folder)/optional/format"), draft, assertsFormat: true)
            for failure in plain.failures + formats.failures {
                lost.insert(failure)
                if Self.knownFailures[failure] == nil { Testing.Issue.record("\(failure)") }
            }
            let (fits, all) = (plain.passed + formats.passed, plain.total + formats.total)
            print("JSON Schema suite, \(folder): \(fits) of \(all) optional tests pass")
            passed += fits
            total += all
        }
        #expect(lost == Set(Self.knownFailures.keys), "what passes now is no known failure")
        #expect(Double(passed) >= 0.95 * Double(total), "\(passed) of \(total)")
    }

    struct Outcome {
        var passed = 0
        var total = 0
        var failures: [String] = []
    }

    private static func run(_ files: [String], _ draft: SchemaDraft, assertsFormat: Bool) throws -> Outcome {
        var outcome = Outcome()
        let registry = remotes
        for file in files {
            let bytes = try Data(contentsOf: root.appending(path: file))
            for group in try #require(JSONParser().parse(bytes: Array(bytes)).array) {
                let title = "\(file.dropFirst(6)): \(group["description"]?.string ?? "")"
                let options = SchemaOptions(assertsFormat: assertsFormat, draft: draft)
                let tests = group["tests"]?.array ?? []
                outcome.total += tests.count
                do throws(SchemaError) {
                    let schema = try CompiledSchema(
                        group["schema"] ?? .null, options: options, registry: registry)
                    for test in tests {
                        if passes(test, schema) {
                            outcome.passed += 1
                        } else {
                            outcome.failures.append("\(title): \(test["description"]?.string ?? "")")
                        }
                    }
                } catch {
                    outcome.failures.append("\(title): does not compile")
                    print("\(title): \(error)")
                }
            }
        }
        return outcome
    }

    private static func passes(_ test: JSONValue, _ schema: CompiledSchema) -> Bool {
        guard let data = test["data"], let expected = test["valid"]?.bool,
            let violations = try? schema.validate(data), let accepts = try? schema.accepts(data)
        else { return false }
        return violations.isEmpty == expected && accepts == expected
    }

    /// The documents of the folder `remotes`, by the addresses that the suite gives them.
    private static let remotes: SchemaRegistry = {
        var registry = SchemaRegistry()
        let folder = root.appending(path: "remotes").path
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? []
        where name.hasSuffix(".json") {
            guard let bytes = try? Data(contentsOf: URL(filePath: folder + "/" + name)) else { continue }
            registry["http://localhost:1234/" + name] = try? JSONParser().parse(bytes: Array(bytes))
        }
        return registry
    }()

    private static func files(_ folder: String) -> [String] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
    }

    static let isThere = FileManager.default.fileExists(atPath: root.appending(path: "tests").path)

    private static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["EVALRUN_JSON_SCHEMA_SUITE"] {
            return URL(filePath: path)
        }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent()
            .appending(path: "shared/conformance/json-schema-test-suite")
    }()
}
