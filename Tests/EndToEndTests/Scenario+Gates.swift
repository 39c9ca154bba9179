extension Scenario {
    /// How gates are judged.
    static let gates: [Scenario] = [
        Scenario(
            rule: "gates that fail on purpose", cases: [Sample.passing("a"), Sample.failing("b")],
            gates: [
                "{metric: pass_rate, min: 0.95}", "{metric: score.m, min: 0.9}",
                "{metric: pass_rate, max: 0.1, where: {case: a}}",
            ], exitCode: 1,
            verdicts: [
                "pass_rate failed 0.5 2", "score.m failed 0.5 2", "pass_rate failed 1.0 1",
                "error_rate passed 0.0 2",
            ], says: ["FAIL", "pass_rate ≥ 0.95", "score.m ≥ 0.9"]),
        Scenario(
            rule: "pass_rate min 1 and error_rate max 0 are implied", cases: [Sample.failing("a")],
            exitCode: 1, verdicts: ["pass_rate failed 0.0 1", "error_rate passed 0.0 1"]),
        Scenario(
            rule: "a gate of level warn never fails the build and replaces no implied one",
            cases: [Sample.passing("a"), Sample.failing("b")],
            gates: ["{metric: pass_rate, min: 0.9, level: warn}"], exitCode: 1,
            verdicts: ["pass_rate failed 0.5 2", "pass_rate failed 0.5 2", "error_rate passed 0.0 2"]),
        Scenario(
            rule: "a failed gate of level warn beside a passed one",
            cases: [
                Sample.passing("a"), Sample.failing("b"),
            ],
            gates: ["{metric: pass_rate, min: 0.9, level: warn}", "{metric: pass_rate, min: 0.5}"],
            exitCode: 0,
            verdicts: ["pass_rate failed 0.5 2", "pass_rate passed 0.5 2", "error_rate passed 0.0 2"],
            says: ["WARN"]),
        Scenario(
            rule: "a gate with where replaces no implied one",
            cases: [Sample.passing("a", "tags: [t]"), Sample.failing("b")],
            gates: ["{metric: pass_rate, min: 1, where: {tags: t}}"], exitCode: 1,
            verdicts: ["pass_rate passed 1.0 1", "pass_rate failed 0.5 2", "error_rate passed 0.0 2"]),
        Scenario(
            rule: "a score gate without where replaces pass_rate",
            cases: [
                Sample.passing("a"), Sample.failing("b"),
            ],
            gates: ["{metric: score.m, min: 0.5}"], exitCode: 0,
            verdicts: ["score.m passed 0.5 2", "error_rate passed 0.0 2"]),
        Scenario(
            rule: "an errored execution scores 0", cases: [Sample.passing("a"), Sample.erring("b")],
            gates: ["{metric: score.m, min: 0.5}", "{metric: error_rate, max: 0.5}"], exitCode: 0,
            verdicts: ["score.m passed 0.5 2", "error_rate passed 0.5 2"]),
        Scenario(
            rule: "a gate that errors leave open is unevaluated",
            cases: [
                Sample.passing("a"), Sample.erring("b"),
            ],
            gates: ["{metric: score.m, min: 0.6}", "{metric: error_rate, max: 0.5}"], exitCode: 3,
            verdicts: ["score.m unevaluated 0.5 2", "error_rate passed 0.5 2"]),
        Scenario(
            rule: "a gate that fails even if all errors had passed is failed",
            cases: [Sample.failing("a"), Sample.erring("b")],
            gates: ["{metric: pass_rate, min: 0.6}", "{metric: error_rate, max: 0.5}"], exitCode: 1,
            verdicts: ["pass_rate failed 0.0 2", "error_rate passed 0.5 2"]),
        Scenario(
            rule: "an error_rate gate is unevaluated, never failed",
            cases: [Sample.passing("a"), Sample.erring("b")],
            gates: ["{metric: pass_rate, min: 0.5}", "{metric: error_rate, max: 0.1}"], exitCode: 3,
            verdicts: ["pass_rate passed 0.5 2", "error_rate unevaluated 0.5 2"]),
        Scenario(
            rule: "a gate is judged per model, and over: suite pools",
            cases: [
                Sample.passing("a"), Sample.given("b", "no", "equals: yes"),
            ],
            gates: [
                "{metric: pass_rate, min: 0.5, over: suite}", "{metric: error_rate, max: 0, over: suite}",
            ],
            exitCode: 0, verdicts: ["pass_rate passed 0.5 2", "error_rate passed 0.0 2"]),
        Scenario(
            rule: "an advisory model is shown and never gates",
            cases: [Sample.passing("a"), Sample.given("b", "yes", "equals: yes")],
            head: "models: [echo, {model: small, advisory: true}]", exitCode: 0,
            statuses: ["a#1 passed", "a#1 errored fixture-missing", "b#1 passed"], says: ["small"]),
        Scenario(
            rule: "under a narrowing option a gate over nothing is not evaluated",
            cases: [Sample.passing("a"), Sample.passing("b", "tags: [safety]")],
            gates: ["{metric: pass_rate, min: 1, where: {tags: safety}}"], options: ["--case", "a"],
            exitCode: 0,
            verdicts: [
                "pass_rate not-evaluated null 0", "pass_rate passed 1.0 1", "error_rate passed 0.0 1",
            ]),
        Scenario(
            rule: "an unknown price leaves a cost gate unevaluated",
            cases: [Sample.given("a", "{content: hi}", "equals: hi")],
            gates: ["{metric: cost_usd, max: 1}"], exitCode: 3,
            verdicts: [
                "cost_usd unevaluated null 0", "pass_rate passed 1.0 1", "error_rate passed 0.0 1",
            ], says: ["cost_usd"]),
        Scenario(
            rule: "a latency gate over answers without latency is unevaluated", cases: [Sample.passing("a")],
            gates: ["{metric: latency_ms.p95, max: 100}"], exitCode: 3,
            verdicts: [
                "latency_ms.p95 unevaluated null 0", "pass_rate passed 1.0 1", "error_rate passed 0.0 1",
            ]),
        Scenario(
            rule: "a percentile gate says on how many values it rests",
            cases: [
                Sample.given("a", "{content: hi, latency_ms: 100}", "equals: hi"),
                Sample.given("b", "{content: hi, latency_ms: 900}", "equals: hi"),
                Sample.given("c", "{content: hi}", "equals: hi"),
            ],
            gates: ["{metric: latency_ms.p50, max: 100}", "{metric: latency_ms.p95, max: 500}"], exitCode: 1,
            verdicts: [
                "latency_ms.p50 passed 100.0 2", "latency_ms.p95 failed 900.0 2", "pass_rate passed 1.0 3",
                "error_rate passed 0.0 3",
            ], says: ["n=2"]),
        Scenario(
            rule: "token gates sum up over answered executions",
            cases: [
                Sample.given(
                    "a", "{content: hi, usage: {input_tokens: 10, output_tokens: 5}}", "equals: hi")
            ],
            gates: ["{metric: tokens.output.mean, max: 4}"], exitCode: 1),
        Scenario(
            rule: "where takes a column of the row",
            cases: [
                "{dataset: d.csv, id: \"{{ row.id }}\", vars: {q: {text: \"{{ row.t }}\"}}, assert: [equals: good]}"
            ],
            gates: ["{metric: pass_rate, min: 1, where: {row.lang: en}}", "{metric: pass_rate, min: 0.5}"],
            files: ["evalsuites/d.csv": "id,t,lang\n1,good,en\n2,bad,de\n"], exitCode: 0,
            statuses: ["1#1 passed", "2#1 failed"],
            verdicts: ["pass_rate passed 1.0 1", "pass_rate passed 0.5 2", "error_rate passed 0.0 2"]),
    ]
}
