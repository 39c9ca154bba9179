import JSON
import Testing

@testable import Statistics

@Suite("Reference points")
struct ReferencePointTests {
    /// Every function of the file that this module has; nil: undefined.
    private static let functions: [String: @Sendable (Arguments) throws -> [String: Double?]] = [
        "normal_quantile": { ["z": StandardNormal.quantile(try $0.number("p"))] },
        "wilson": { ends(try $0.proportion("k", of: "n").wilsonInterval(try $0.level())) },
        "zero_failures_upper": {
            ["upper": Proportion.upperBound(afterNoneOf: try $0.integer("n"), try $0.level())]
        },
        "cohen_kappa": { arguments in
            let matrix = try #require(
                ConfusionMatrix(try arguments.integerRows("matrix_rows_human_cols_judge")))
            let interval = matrix.cohenKappa?.interval(try arguments.level())
            return [
                "po": matrix.agreement?.rate, "pe": matrix.chanceAgreement,
                "kappa": matrix.cohenKappa?.value, "se": matrix.cohenKappa?.standardError,
                "lo": interval?.lower, "hi": interval?.upper,
                "gwet_ac1": matrix.gwetAC1,
            ]
        },
        "krippendorff_alpha_nominal": { arguments in
            let raters = try arguments.list("raters_by_unit").map { try #require($0.array) }
            let units = try #require(raters.first).indices.map { unit in
                raters.compactMap { $0[unit].integer }
            }
            return ["alpha": KrippendorffAlpha.nominal(labelsByUnit: units)]
        },
        "self_agreement": { arguments in
            let counts = try arguments.list("answer_counts").map { try #require($0.integer) }
            let samples = SelfAgreement(answerCounts: counts)
            return ["agreement": samples?.agreement, "modal_share": samples?.modalShare]
        },
        "rogan_gladen": { arguments in
            let correction = PassRateCorrection.roganGladen(
                passRate: try arguments.proportion(rate: "judge_pass_rate", of: "n"),
                sensitivity: try arguments.proportion(rate: "sensitivity", of: "n_pos"),
                specificity: try arguments.proportion(rate: "specificity", of: "n_neg"))
            guard case .corrected(let result) = correction else {
                Issue.record("refused")
                return [:]
            }
            let interval = result.interval(try arguments.level())
            return [
                "youden": result.youden, "raw": result.raw.value, "corrected": result.corrected.value,
                "corrected_clipped": result.clipped, "se": result.corrected.standardError,
                "lo": interval.lower, "hi": interval.upper, "se_naive": result.raw.standardError,
            ]
        },
        "context_precision": { arguments in
            ["score": AveragePrecision.score(try arguments.numbers("verdicts_in_rank_order").map { $0 == 1 })]
        },
        "fbeta": { arguments in
            let claims = ClaimCounts(
                truePositives: try arguments.integer("tp"), falsePositives: try arguments.integer("fp"),
                falseNegatives: try arguments.integer("fn"))
            return ["score": claims?.fScore(beta: try arguments.number("beta"))]
        },
        "geval_weighted": { arguments in
            let tokens = try #require(arguments.inputs["top_logprobs_at_score_token"]?.object)
                .compactMap { token in token.value.double.map { (token: token.key, logProbability: $0) } }
            let range = try arguments.numbers("score_range").map { Int($0) }
            let score = WeightedScore(tokens: tokens, scale: range[0]...range[1])
            return ["weighted": score?.value, "normalized": score?.normalized]
        },
    ]

    /// What the file has beside, and this module has no use for.
    private static let others: Set<String> = ["kappa_quadratic"]

    private static let points = ReferencePoint.all.filter { functions[$0.function] != nil }
    private static let isThere: ConditionTrait = .enabled(
        if: ReferencePoint.fileExists,
        "the file of reference values is not there; EVALRUN_STATISTICS_REFERENCE names it")

    @Test("every value is met to 1e-9", isThere, arguments: points)
    func values(point: ReferencePoint) throws {
        let function = try #require(Self.functions[point.function])
        let results = try function(Arguments(inputs: point.inputs))
        #expect(!point.expected.isEmpty)
        for (name, expected) in point.expected where !Self.others.contains(name) {
            let result = try #require(results[name], "\(name) is not computed")
            switch (result, expected.double) {
            case (let result?, let wanted?):
                #expect(abs(result - wanted) <= 1e-9 * max(1, abs(wanted)), "\(name)")
            case (let result, _):
                #expect(result == nil && expected.isNull, "\(name): \(String(describing: result))")
            }
        }
    }

    @Test("every function of this module has a point", isThere)
    func coverage() {
        #expect(Set(Self.points.map(\.function)) == Set(Self.functions.keys))
    }
}

private func ends(_ interval: Interval) -> [String: Double?] {
    ["lo": interval.lower, "hi": interval.upper]
}

/// The arguments of a point, read as what a function takes.
private struct Arguments {
    var inputs: JSONValue

    func number(_ name: String) throws -> Double { try #require(inputs[name]?.double) }
    func integer(_ name: String) throws -> Int { try #require(inputs[name]?.integer) }
    func list(_ name: String) throws -> [JSONValue] { try #require(inputs[name]?.array) }
    func numbers(_ name: String) throws -> [Double] { try list(name).map { try #require($0.double) } }
    func level() throws -> ConfidenceLevel { try #require(ConfidenceLevel(try number("conf"))) }

    func integerRows(_ name: String) throws -> [[Int]] {
        try list(name).map { try #require($0.array).map { try #require($0.integer) } }
    }

    func proportion(_ successes: String, of trials: String) throws -> Proportion {
        try #require(Proportion(successes: try integer(successes), of: try integer(trials)))
    }

    /// The counts behind a rate.
    func proportion(rate: String, of trials: String) throws -> Proportion {
        let trials = try integer(trials)
        let successes = try number(rate) * Double(trials)
        try #require(abs(successes - successes.rounded()) < 1e-9)
        return try #require(Proportion(successes: Int(successes.rounded()), of: trials))
    }
}
