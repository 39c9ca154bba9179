import Diagnostics
import Testing

@testable import Suites

@Suite("Wide CSV files") struct CSVColumnsTests {
    @Test(
        "columns are bounded", arguments: [(10_000, nil), (10_001, "csv-header"), (1_000_000, "csv-header")])
    func columns(count: Int, mistake: String?) throws {
        let header = (0..<count).map { "c\($0)" }.joined(separator: ",")
        let row = String(repeating: ",", count: count - 1)
        let project = try TemporaryProject([
            "evalrun.yaml": "{}\n", "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: hi\n",
            "data/r.csv": header + "\n" + row + "\n",
            "evalsuites/s.suite.yaml":
                "suite: s\nprompts: [p]\nmodels: [echo]\ncases:\n  - dataset: {file: ../data/r.csv}\n    assert: [contains: x]\n  - id: a\n    assert: [contains: x]\n",
        ])
        #expect(
            project.plan().diagnostics.filter { $0.severity == .error }.map(\.id)
                == (mistake.map { [$0] } ?? []))
    }
}
