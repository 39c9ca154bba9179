extension Scenario {
    /// How executions are counted.
    static let executions: [Scenario] = [
        Scenario(
            rule: "a run whose expectations are all met passes", cases: [Sample.passing("a")], exitCode: 0,
            statuses: ["a#1 passed"], verdicts: ["pass_rate passed 1.0 1", "error_rate passed 0.0 1"],
            says: ["PASSED"]),
        Scenario(
            rule: "errored wins over failed",
            cases: [
                "{id: a, vars: {q: {text: x}}, response: \"\(String(repeating: "a", count: 64))b\", "
                    + "assert: [{equals: no}, {regex: \"^(a+)+(?=c)$\"}]}"
            ], exitCode: 3, statuses: ["a#1 errored assertion"]),
        Scenario(
            rule: "not- never turns an error into a pass",
            cases: [
                "{id: a, vars: {q: {text: x}}, response: \"\(String(repeating: "a", count: 64))b\", "
                    + "assert: [{not-regex: \"^(a+)+(?=c)$\"}]}"
            ], exitCode: 3, statuses: ["a#1 errored assertion"]),
        Scenario(
            rule: "an assertion in quarantine does not decide",
            cases: [
                "{id: a, vars: {q: {text: good}}, assert: [equals: good, "
                    + "{equals: bad, quarantine: {until: 2999-01-01, owner: ada, reason: flaky}}]}",
                "{id: b, vars: {q: {text: good}}, "
                    + "assert: [{equals: bad, quarantine: {until: 2999-01-01, owner: ada, reason: flaky}}]}",
            ], exitCode: 0, statuses: ["a#1 passed", "b#1 skipped"]),
        Scenario(
            rule: "given has one execution, whatever repeat, prompts and models say",
            cases: [Sample.given("a", "hi", "equals: hi"), Sample.passing("b")],
            head: "models: [echo]\nrepeat: 2", exitCode: 0,
            statuses: ["a#1 passed", "b#1 passed", "b#2 passed"]),
        Scenario(
            rule: "xfail swaps failed and passed; outcome keeps what it was",
            cases: [
                Sample.failing("a", "xfail: known"), Sample.passing("b", "xfail: known"),
                Sample.erring("c", "xfail: known"),
            ],
            exitCode: 1, statuses: ["a#1 passed was failed", "b#1 failed was passed", "c#1 errored template"]),
        Scenario(
            rule: "skip is not counted", cases: [Sample.passing("a"), Sample.failing("b", "skip: later")],
            exitCode: 0, statuses: ["a#1 passed", "b#1 skipped"],
            verdicts: ["pass_rate passed 1.0 1", "error_rate passed 0.0 1"]),
        Scenario(
            rule: "a case in quarantine runs, is skipped and keeps its outcome",
            cases: [
                Sample.passing("a"),
                Sample.failing("b", "quarantine: {until: 2999-01-01, owner: ada, reason: flaky}"),
                Sample.erring("c", "quarantine: {until: 2999-01-01, owner: ada, reason: flaky}"),
            ], exitCode: 0,
            statuses: ["a#1 passed", "b#1 skipped was failed", "c#1 skipped was errored template"]),
        Scenario(
            rule: "a quarantine that is over counts",
            cases: [Sample.failing("b", "quarantine: {until: 2020-01-01, owner: ada, reason: flaky}")],
            exitCode: 1, statuses: ["b#1 failed"]),
        Scenario(
            rule: "weight 0 reports and never decides",
            cases: ["{id: a, vars: {q: {text: good}}, assert: [{equals: good}, {equals: bad, weight: 0}]}"],
            exitCode: 0, statuses: ["a#1 passed"]),
        Scenario(
            rule: "a threshold takes the place of all",
            cases: [
                "{id: a, vars: {q: {text: good}}, threshold: 0.5, assert: [equals: good, equals: bad]}",
                "{id: b, vars: {q: {text: good}}, threshold: 0.6, assert: [equals: good, equals: bad]}",
                "{id: c, vars: {q: {text: good}}, threshold: 0.6, "
                    + "assert: [{equals: good, weight: 2}, equals: bad]}",
            ], exitCode: 1, statuses: ["a#1 passed", "b#1 failed", "c#1 passed"]),
        Scenario(
            rule: "pass: k makes one unit of the samples",
            cases: [Sample.passing("a", "repeat: {samples: 3, pass: 2}"), Sample.failing("b")],
            gates: ["{metric: pass_rate, min: 0.5}"], exitCode: 0,
            statuses: ["a#1 passed", "a#2 passed", "a#3 passed", "b#1 failed"],
            verdicts: ["pass_rate passed 0.5 2", "error_rate passed 0.0 4"]),
        Scenario(
            rule: "without pass: k each sample is a unit",
            cases: [Sample.passing("a", "repeat: 3"), Sample.failing("b")],
            gates: ["{metric: pass_rate, min: 0.75}"], exitCode: 0,
            verdicts: ["pass_rate passed 0.75 4", "error_rate passed 0.0 4"]),
        Scenario(
            rule: "--fail-fast keeps the declared count",
            cases: [
                Sample.passing("a"), Sample.failing("b"), Sample.passing("c"),
                Sample.passing("d", "skip: no"),
            ], options: ["--fail-fast", "--jobs", "1"], exitCode: 1,
            statuses: ["a#1 passed", "b#1 failed", "c#1 errored fail-fast", "d#1 skipped"]),
        Scenario(
            rule: "the built-in models: given needs no model, echo costs nothing and has no latency",
            cases: [
                Sample.given("a", "{content: hi, latency_ms: 250, cost_usd: 0.5}", "equals: hi"),
                Sample.passing("b"),
            ], gates: ["{metric: cost_usd, max: 0.6}", "{metric: pass_rate, min: 1}"], exitCode: 0,
            statuses: ["a#1 passed", "b#1 passed"],
            verdicts: [
                "cost_usd passed 0.5 1", "cost_usd passed 0.0 1", "pass_rate passed 1.0 1",
                "pass_rate passed 1.0 1", "error_rate passed 0.0 1", "error_rate passed 0.0 1",
            ]),
    ]
}
