import Files
import Suites
import Testing

/// Files with mistakes, and exactly what the user is told about each.
///
/// `NAME.suite.yaml`, `NAME.prompt.yaml`, … of one NAME are put into a project together with valid companions.
/// EVALRUN_RECORD=1 writes the expected texts, to be read in the diff.
@Suite("Files with mistakes")
struct InvalidFilesTests {
    private static let folder =
        testFile.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/Fixtures/invalid/"
    private static let testFile = #filePath

    /// The place in the project of a fixture's file.
    private static func place(_ file: String) -> String? {
        guard let dot = file.firstIndex(of: ".") else { return nil }
        let name = file[..<dot]
        switch file[dot...] {
        case ".suite.yaml": return "evalsuites/" + file
        case ".prompt.yaml": return "prompts/" + file
        case ".project.yaml": return "evalrun.yaml"
        case ".prices.yaml": return "prices.yaml"
        case ".policy.yaml": return "evalsuites/policies/\(name).yaml"
        case let end where end.hasPrefix(".rows."): return "data/\(name).\(end.dropFirst(6))"
        case ".schema.json": return "evalsuites/schemas/\(name).json"
        case ".md": return "prompts/partials/" + file
        default: return nil
        }
    }

    private static let companions = [
        "evalrun.yaml": "models:\n  small: {provider: openai, model: gpt-5-mini}\n",
        "prompts/support_reply.prompt.yaml": """
        name: support_reply
        version: 4
        system: You answer for {{ product }}.
        user: "{{ question }}"
        output_schema: {type: object}

        """,
        "evalsuites/policies/safety.yaml": "- not-contains: idiot\n",
        "data/tickets.csv": "id,text,label\n1,Where is it?,parcel\n2,Refund please,money\n",
    ]

    private static let validSuite = """
        suite: valid
        prompts: [support_reply]
        models: [echo]
        cases:
          - id: one
            vars: {product: Acme, question: Why?}
            assert: [{contains: because}]

        """

    @Test("each mistake is explained once, with its place and a way out")
    func mistakes() throws {
        let files = FileText.names(in: Self.folder)
        let names = Set(files.map { String($0.prefix { $0 != "." }) }).sorted()
        #expect(names.count >= 45, "the fixtures are missing")
        for name in names {
            let project = try TemporaryProject(Self.companions)
            var hasSuite = false
            for file in files where file.hasPrefix(name + ".") && !file.hasSuffix(".expected") {
                let place = try #require(Self.place(file), "no place for \(file)")
                hasSuite = hasSuite || file.hasSuffix(".suite.yaml")
                try project.write(place, bytes: FileText.bytes(Self.folder + file))
            }
            if !hasSuite { try project.write("evalsuites/valid.suite.yaml", Self.validSuite) }
            let found = project.mistakes()
            let path = Self.folder + name + ".expected"
            let expected = (try? FileText.bytes(path)).map { String(decoding: $0, as: UTF8.self) }
            if found != expected, FileText.isSet("EVALRUN_RECORD") {
                try WholeFile.write(Array(found.utf8), to: path)
            }
            #expect(found == expected, "\(name)\n\(Self.difference(expected ?? "", found))")
            #expect(!found.isEmpty, "\(name) has no mistake")
        }
    }

    /// The lines that differ.
    private static func difference(_ expected: String, _ found: String) -> String {
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = found.split(separator: "\n", omittingEmptySubsequences: false)
        return new.difference(from: old).map { change in
            switch change {
            case .remove(_, let line, _): "- \(line)"
            case .insert(_, let line, _): "+ \(line)"
            }
        }.joined(separator: "\n")
    }
}
