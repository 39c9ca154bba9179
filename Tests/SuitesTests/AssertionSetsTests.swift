import Diagnostics
import Evals
import Testing

@testable import Suites

@Suite("Lists of assertions that use others") struct AssertionSetsTests {
    /// A project whose lists each use the next one so often.
    private func project(
        lists: Int, uses: Int, last: String = "- contains: x\n", entry: String = "use"
    ) throws -> TemporaryProject {
        var files = [
            "evalrun.yaml": "{}\n", "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: hi\n",
            "evalsuites/s.suite.yaml":
                "suite: s\nprompts: [p]\nmodels: [echo]\ncases:\n  - id: a\n    assert: [{use: ../sets/0.yaml}]\n",
        ]
        for index in 0..<lists {
            files["sets/\(index).yaml"] = String(repeating: "- use: \(index + 1).yaml\n", count: uses)
        }
        files["sets/\(lists).yaml"] = last
        return try TemporaryProject(files)
    }

    // Read one by one these would be 60 million, or 1e15, assertions.
    @Test("too many assertions are a mistake, found at once", arguments: [(10, 6), (15, 10)])
    func exponential(lists: Int, uses: Int) throws {
        let project = try project(lists: lists, uses: uses)
        let diagnostics = project.plan().diagnostics
        #expect(diagnostics.map(\.id) == ["too-many-assertions"], "\(project.rendered(diagnostics))")
        #expect(diagnostics.first?.mark?.file.hasPrefix("sets/") == true)
    }

    @Test("a list that is used twice counts twice")
    func twice() throws {
        let planned = try #require(try project(lists: 3, uses: 2).cases().first)
        let assertions = try #require(try planned.trials.first?.assertions.get())
        #expect(assertions.count == 8)
    }

    @Test("a mistake in a list that is used often is told once, and breaks every case that uses it")
    func mistake() throws {
        let project = try project(lists: 10, uses: 6, last: "- contians: x\n")
        #expect(project.plan().diagnostics.count == 1)
    }
}
