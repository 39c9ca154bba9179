import Assertions
import Evals
import Foundation  // Reading the page of this repository; tests only.
import Testing

@Suite("The reference of assertions")
struct AssertionReferenceTests {
    private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/assertions.md")

    /// `evalrun schema assertions > docs/assertions.md` writes the page; a test never does.
    @Test("docs/assertions.md is what the program prints")
    func page() throws {
        let run = try TemporaryProject().run("schema", "assertions")
        #expect(run.exitCode == 0)
        let written = try String(contentsOf: Self.page, encoding: .utf8)
        #expect(
            run.output == written,
            "the page is out of date: write it with `evalrun schema assertions > docs/assertions.md`")
    }

    @Test("names every type of the catalog and every option")
    func complete() throws {
        let text = try TemporaryProject().run("schema", "assertions").output
        for descriptor in AssertionCatalog.standard.descriptors {
            for name in [descriptor.name] + descriptor.aliases {
                #expect(text.contains("`\(name)`"), "\(name)")
            }
            for option in descriptor.options {
                #expect(text.contains("- `\(option.name)` ("), "\(option.name)")
            }
            #expect(descriptor.summary.hasSuffix("."), "\(descriptor.name)")
        }
    }

    @Test("the examples of all types are assertions that a suite accepts, without a warning")
    func examples() throws {
        let descriptors = AssertionCatalog.standard.descriptors
        let lines = descriptors.map { "      - \($0.example)\n" }.joined()
        let suite = """
            suite: s
            prompts: [p]
            models: [echo]
            cases:
              - id: one
                vars: {q: {text: x}}
                assert:

            """
        let project = try Sample.project([], more: ["evalsuites/s.suite.yaml": suite + lines])
        let run = try project.run("check", "--strict")
        #expect(run.exitCode == 0, "\(run.all)")
        for descriptor in descriptors {
            #expect(
                descriptor.example.contains(descriptor.name)
                    || descriptor.aliases.contains { descriptor.example.contains($0) })
        }
    }
}
