import Diagnostics
import Evals
import Results
import Testing

@Suite struct ExecutionSpoolTests {
    private static func execution(_ number: Int, _ status: Execution.Status) -> Execution {
        var execution = Execution(
            suite: "s", caseID: "c\(number)", prompt: "p", version: "1", model: "m",
            mark: SourceMark(file: "f"))
        execution.status = status
        return execution
    }

    @Test("executions come back in order, all or by status")
    func order() throws {
        let spool = ExecutionSpool()
        let statuses = Execution.Status.allCases
        for number in 0..<40 { try spool.append(Self.execution(number, statuses[number % 4])) }
        #expect(spool.count == 40)
        var ids: [String] = []
        try spool.forEach { ids.append($0.caseID) }
        #expect(ids == (0..<40).map { "c\($0)" })
        var failed: [Execution] = []
        try spool.forEach(statuses: [.failed]) { failed.append($0) }
        #expect(failed.count == 10)
        #expect(failed.allSatisfy { $0.status == .failed })
        var lines: [[UInt8]] = []
        try spool.forEachEncoded(statuses: [.passed, .errored]) { lines.append($0) }
        #expect(lines.count == 20)
        #expect(try lines.first.map { try ExecutionJSON().decode($0).caseID } == "c0")
    }

    private struct Stop: Error {}

    @Test("an error of the body ends the walk")
    func stops() throws {
        let spool = ExecutionSpool()
        for number in 0..<3 { try spool.append(Self.execution(number, .passed)) }
        var seen = 0
        #expect(throws: Stop.self) {
            try spool.forEach { _ in
                seen += 1
                throw Stop()
            }
        }
        #expect(seen == 1)
    }
}
