import Diagnostics
import Evals
import Results
import Testing

@Suite struct UnitCounterTests {
    /// Letters stand for the samples' statuses: `p`, `f`, `e`, `s`.
    static func executions(
        _ letters: String, caseID: String = "c", model: String = "m", required: Int? = nil
    ) -> [Execution] {
        letters.enumerated().map { index, letter in
            var execution = Execution(
                suite: "s", caseID: caseID, prompt: "p", version: "1", model: model, sample: index + 1,
                requiredPasses: required, mark: SourceMark(file: "f"))
            execution.status =
                switch letter {
                case "p": .passed
                case "f": .failed
                case "s": .skipped
                default: .errored
                }
            return execution
        }
    }

    @Test(
        "samples make units",
        arguments: [
            // samples, pass, passed, failed, open
            ("pf", nil, 1, 1, 0), ("ppesf", nil, 2, 1, 1), ("", nil, 0, 0, 0), ("ss", nil, 0, 0, 0),
            ("ppf", 2, 1, 0, 0), ("pff", 2, 0, 1, 0), ("pfe", 2, 0, 0, 1), ("ffe", 2, 0, 1, 0),
            ("ppe", 2, 1, 0, 0), ("eee", 2, 0, 0, 1), ("eee", 4, 0, 1, 0), ("sss", 2, 0, 0, 0),
            ("pss", 2, 0, 1, 0), ("p", 1, 1, 0, 0),
        ] as [(String, Int?, Int, Int, Int)])
    func units(letters: String, required: Int?, passed: Int, failed: Int, open: Int) {
        var counter = UnitCounter()
        for execution in Self.executions(letters, required: required) { counter.add(execution) }
        #expect(counter.count.passed == passed)
        #expect(counter.count.failed == failed)
        #expect(counter.count.open == open)
        let total = passed + failed + open
        #expect(counter.count.rate == (total == 0 ? nil : Double(passed) / Double(total)))
    }

    @Test(
        "a sample that comes twice counts once, with the worse result",
        arguments: [
            // first, again, pass, passed, failed, open
            ("pf", "pf", 2, 0, 1, 0), ("pp", "pp", 2, 1, 0, 0), ("pp", "pp", 3, 0, 1, 0),
            ("pp", "pf", 2, 0, 1, 0), ("pf", "pp", 2, 0, 1, 0), ("pp", "pe", 2, 0, 0, 1),
            ("pe", "pp", 2, 0, 0, 1), ("pf", "pe", 2, 0, 0, 1), ("pp", "ss", 2, 1, 0, 0),
        ] as [(String, String, Int, Int, Int, Int)])
    func repeated(first: String, again: String, required: Int, passed: Int, failed: Int, open: Int) {
        var counter = UnitCounter()
        for letters in [first, again] {
            for execution in Self.executions(letters, required: required) { counter.add(execution) }
        }
        #expect(counter.count.passed == passed)
        #expect(counter.count.failed == failed)
        #expect(counter.count.open == open)
    }

    @Test("cases and models are units of their own, also when their samples alternate")
    func separate() {
        var counter = UnitCounter()
        let first = Self.executions("pp", model: "a", required: 2)
        let second = Self.executions("pf", model: "b", required: 2)
        for (one, other) in zip(first, second) {
            counter.add(one)
            counter.add(other)
        }
        for execution in Self.executions("pp", caseID: "d", model: "a", required: 2) {
            counter.add(execution)
        }
        for execution in Self.executions("f", caseID: "e") { counter.add(execution) }
        #expect(counter.count.passed == 2)
        #expect(counter.count.failed == 2)
    }
}
