import Foundation
import JSON
import JSONSchema
import Testing

/// The published test suite of JSON Schema, where it is at hand.
@Suite("The official test suite of JSON Schema")
struct OfficialSuiteTests {
    /// Files of keywords that are refused, so that none of their schemas compiles.
    static let unsupportedFiles: Set<String> = [
        "unevaluatedItems.json", "unevaluatedProperties.json", "dynamicRef.json", "vocabulary.json",
        "refRemote.json",
    ]

    private static let remote = "refers to another document"
    private static let unevaluated = "uses an unevaluated… keyword"
    private static let punycode = "the content of an A-label is not decoded"

    /// Groups (`folder/file: group`) or single tests (`…: group: test`) that do not pass yet, and why.
    static let known: [String: String] = {
        var known = [
            "draft2020-12/not.json: collect annotations inside a 'not', even if collection is disabled":
                unevaluated,
            "draft2020-12/ref.json: ref creates new scope when adjacent to keywords": unevaluated,
            "draft2020-12/defs.json: validate definition against metaschema": remote,
        ]
        for draft in ["draft4", "draft6", "draft7"] {
            known["\(draft)/definitions.json: validate definition against metaschema"] = remote
        }
        for draft in ["draft4", "draft6", "draft7", "draft2020-12"] {
            known["\(draft)/ref.json: remote ref, containing refs itself"] = remote
        }
        for draft in ["draft7", "draft2020-12"] {
            for name in labels {
                let group =
                    "\(draft)/optional/format/hostname.json: validation of A-label (punycode) host names"
                known["\(group): \(name)"] = punycode
            }
        }
        return known
    }()

    private static let labels = [
        "Arabic-Indic digits mixed with Extended Arabic-Indic digits",
        "Begins with a Nonspacing Mark",
        "Begins with a Spacing Combining Mark",
        "Begins with an Enclosing Mark",
        "Exceptions that are DISALLOWED, left-to-right chars",
        "Exceptions that are DISALLOWED, right-to-left chars",
        "Greek KERAIA not followed by Greek",
        "Greek KERAIA not followed by anything",
        "Hebrew GERESH not preceded by Hebrew",
        "Hebrew GERESH not preceded by anything",
        "Hebrew GERSHAYIM not preceded by Hebrew",
        "Hebrew GERSHAYIM not preceded by anything",
        "KATAKANA MIDDLE DOT with no Hiragana, Katakana, or Han",
        "KATAKANA MIDDLE DOT with no other characters",
        "MIDDLE DOT with no following 'l'",
        "MIDDLE DOT with no preceding 'l'",
        "MIDDLE DOT with nothing following",
        "MIDDLE DOT with nothing preceding",
        "ZERO WIDTH JOINER not preceded by Virama",
        "ZERO WIDTH JOINER not preceded by anything",
        "contains \"--\" in the 3rd and 4th position",
        "contains illegal char U+302E Hangul single dot tone mark",
        "invalid Punycode",
    ]

    @Test(
        "every test of the supported keywords has the published result",
        arguments: [
            ("draft4", SchemaDraft.draft4), ("draft6", .draft6), ("draft7", .draft7),
            ("draft2020-12", .draft2020),
        ])
    func keywords(folder: String, draft: SchemaDraft) throws {
        let files = Self.files(folder).filter { !Self.unsupportedFiles.contains($0) }
        try run(files.map { "\(folder)/\($0)" }, draft, assertsFormat: false)
    }

    @Test(
        "every test of the supported formats has the published result",
        arguments: [("draft7", SchemaDraft.draft7), ("draft2020-12", .draft2020)])
    func formats(folder: String, draft: SchemaDraft) throws {
        let names = [
            "date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri",
            "uri-reference", "uuid", "regex", "json-pointer", "relative-json-pointer", "unknown",
        ]
        let present = Set(Self.files("\(folder)/optional/format"))
        let files = names.map { "\($0).json" }.filter(present.contains)
        try run(files.map { "\(folder)/optional/format/\($0)" }, draft, assertsFormat: true)
    }

    @Test(
        "optional tests have the published result",
        arguments: [("draft7", SchemaDraft.draft7), ("draft2020-12", .draft2020)])
    func optional(folder: String, draft: SchemaDraft) throws {
        let names: Set = [
            "anchor.json", "bignum.json", "float-overflow.json", "ecmascript-regex.json",
            "non-bmp-regex.json",
            "id.json", "unknownKeyword.json", "dependencies-compatibility.json", "no-schema.json",
            "refOfUnknownKeyword.json",
        ]
        let files = Self.files("\(folder)/optional").filter(names.contains)
        try run(files.map { "\(folder)/optional/\($0)" }, draft, assertsFormat: false)
    }

    private func run(_ files: [String], _ draft: SchemaDraft, assertsFormat: Bool) throws {
        for file in files {
            let bytes = try Data(contentsOf: Self.root.appending(path: "tests/\(file)"))
            for group in try #require(JSONParser().parse(bytes: Array(bytes)).array) {
                let title = "\(file): \(group["description"]?.string ?? "")"
                var failures: [String] = []
                let options = SchemaOptions(assertsFormat: assertsFormat, draft: draft)
                do throws(SchemaError) {
                    let schema = try CompiledSchema(group["schema"] ?? .null, options: options)
                    for test in group["tests"]?.array ?? [] {
                        let name = "\(title): \(test["description"]?.string ?? "")"
                        if Self.passes(test, schema) == (Self.known[name] == nil) { continue }
                        failures.append(Self.known[name] == nil ? name : "passes now: \(name)")
                    }
                } catch {
                    failures.append("\(title): \(error)")
                }
                if Self.known[title] == nil {
                    for failure in failures { Testing.Issue.record("\(failure)") }
                } else if failures.isEmpty {
                    Testing.Issue.record("passes now: \(title)")
                }
            }
        }
    }

    private static func passes(_ test: JSONValue, _ schema: CompiledSchema) -> Bool {
        guard let data = test["data"], let expected = test["valid"]?.bool,
            let violations = try? schema.validate(data), let accepts = try? schema.accepts(data)
        else { return false }
        return violations.isEmpty == expected && accepts == expected
    }

    private static func files(_ folder: String) -> [String] {
        let path = root.appending(path: "tests/\(folder)").path
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            print(
                "skipped: no JSON Schema test suite at \(path); set EVALRUN_JSON_SCHEMA_SUITE to its folder")
            return []
        }
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }

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
