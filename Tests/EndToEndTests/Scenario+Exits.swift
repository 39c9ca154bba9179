extension Scenario {
    /// Exit codes of runs, and which one wins.
    static let exits: [Scenario] = [
        Scenario(
            rule: "3: errors leave the implied gates open", cases: [Sample.passing("a"), Sample.erring("b")],
            exitCode: 3, statuses: ["a#1 passed", "b#1 errored template"],
            verdicts: ["pass_rate unevaluated 0.5 2", "error_rate unevaluated 0.5 2"]),
        Scenario(
            rule: "0: an explicit error_rate gate tolerates errors",
            cases: [
                Sample.passing("a"), Sample.erring("b"),
            ],
            gates: ["{metric: error_rate, max: 0.5}", "{metric: pass_rate, min: 0.5}"], exitCode: 0),
        Scenario(
            rule: "4: a recording is missing", cases: [Sample.passing("a"), Sample.unrecorded("b")],
            head: "models: [echo, small]", options: ["--model", "small"], exitCode: 4,
            says: ["fixture-missing"]),
        Scenario(
            rule: "4: no error_rate gate tolerates a missing recording",
            cases: [Sample.passing("a", "only: {models: [echo]}"), Sample.unrecorded("b")],
            gates: [
                "{metric: error_rate, max: 0.5, over: suite}", "{metric: pass_rate, min: 0.5, over: suite}",
            ], head: "models: [echo, small]", exitCode: 4,
            statuses: ["a#1 passed", "b#1 errored fixture-missing"],
            verdicts: ["error_rate passed 0.5 2", "pass_rate passed 0.5 2"]),
        Scenario(
            rule: "a gate that can never fail replaces no implied one", cases: [Sample.erring("a")],
            gates: ["{metric: error_rate, max: 1}", "{metric: pass_rate, min: 0}"], exitCode: 3,
            verdicts: [
                "error_rate passed 1.0 1", "pass_rate passed 0.0 1", "pass_rate unevaluated 0.0 1",
                "error_rate unevaluated 1.0 1",
            ]),
        Scenario(
            rule: "1 wins over 4, and the summary names both",
            cases: [Sample.failing("a", "only: {models: [echo]}"), Sample.unrecorded("b")],
            head: "models: [echo, small]", exitCode: 1, says: ["exit 1", "4"]),
        Scenario(
            rule: "1 wins over 3", cases: [Sample.failing("a"), Sample.erring("b")], exitCode: 1),
        Scenario(
            rule: "4 wins over 3",
            cases: [Sample.erring("a", "only: {models: [echo]}"), Sample.unrecorded("b")],
            head: "models: [echo, small]", exitCode: 4),
    ]
}
