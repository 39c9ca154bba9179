import Diagnostics
public import Evals
import JSON

/// What a call may use and cost, before it is made.
public struct CallEstimate: Sendable, Hashable {
    /// The output tokens that are assumed where neither the request nor the model's maker bounds them.
    public static let assumedOutput = 16_384

    /// The tokens of the request.
    public var input: TokenEstimate
    /// The most tokens of the answer, all choices together.
    public var maximumOutput: Int
    /// The most that the call can cost; nil when the price is unknown.
    public var worst: Money?

    /// Estimates a call of a model at the price of a table.
    ///
    /// The answer has at most the tokens that the request allows (`max_tokens` and what APIs call it), else those
    /// that the model's maker documents, else `assumedOutput`; times `n` where several choices are asked for.
    /// Members of `extra` stand over the parameters, as they do in the request's body, and count as input, since they
    /// may hold some. It is the worst case of one attempt: one whose answer was lost is charged apart.
    ///
    /// - Parameter serviceTier: What the call is sent as, such as `batch`; nil: what the request says.
    public init(_ request: ModelRequest, prices: PriceTable, serviceTier: String? = nil) {
        let price = prices.price(of: request.model)
        let places = Self.places(of: request.parameters)
        input = TokenEstimate.input(of: request)
        if let extra = request.parameters["extra"]?.object, !extra.isEmpty {
            let text = TokenEstimate.text(JSONWriter.spaced.text(of: .object(extra)))
            input = input + TokenEstimate(low: 0, high: text.high)
        }
        let limit = Self.limit(places) ?? price?.maximumOutput ?? Self.assumedOutput
        let (product, overflowed) = limit.multipliedReportingOverflow(by: Self.choices(places))
        maximumOutput = overflowed ? .max : product
        worst = price?.worstCost(
            inputTokens: input.high, outputTokens: maximumOutput,
            serviceTier: serviceTier ?? Evals.ServiceTier.asked(in: request.parameters))
    }

    /// Where a body may have bounds: the parameters with `extra` over them, and the objects in which APIs nest some.
    private static func places(of parameters: JSONObject) -> [JSONObject] {
        var members = parameters
        members["extra"] = nil
        for (name, value) in parameters["extra"]?.object ?? [:] { members[name] = value }
        return [members]
            + ["generationConfig", "generation_config", "inferenceConfig", "options"].compactMap {
                members[$0]?.object
            }
    }

    /// The most tokens that a request allows, by any of the names that APIs have for it; the largest where several
    /// are written, and nil where one of them is no bound (`null`, Ollama's -1).
    private static func limit(_ places: [JSONObject]) -> Int? {
        let written = places.flatMap { members in
            [
                "max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "maxTokens",
                "num_predict",
            ]
            .compactMap { members[$0] }
        }
        let limits = written.compactMap(\.integer).filter { $0 >= 0 }
        return limits.count == written.count ? limits.max() : nil
    }

    private static func choices(_ places: [JSONObject]) -> Int {
        let written = places.flatMap { members in
            ["n", "candidateCount", "candidate_count"].compactMap { members[$0]?.integer }
        }
        return max(1, written.max() ?? 1)
    }

    /// Why a call is not made under a budget that it can't be held to.
    ///
    /// - Parameter serviceTier: As for `init`.
    static func unpriced(_ request: ModelRequest, serviceTier: String? = nil) -> EvaluationError {
        let tier = serviceTier ?? Evals.ServiceTier.asked(in: request.parameters)
        let place = tier.map { " for the service tier '\(TerminalText.excerpt($0, limit: 40))'" } ?? ""
        return EvaluationError(
            .budget, "the budget can't be kept: the price of '\(request.model.priceName)'\(place) is unknown",
            hint: "add it to prices.yaml, or pass --allow-unpriced")
    }
}
