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
    /// that the model's maker documents, else `assumedOutput`; times `n` where several choices are asked for. Only
    /// one of the attempts at a call can be charged, since an attempt is repeated only when it gave no answer.
    ///
    /// - Parameter serviceTier: What the call is sent as, such as `batch`; nil: what the request says.
    public init(_ request: ModelRequest, prices: PriceTable, serviceTier: String? = nil) {
        let price = prices.price(of: request.model)
        input = TokenEstimate.input(of: request)
        let limit = Self.limit(request.parameters) ?? price?.maximumOutput ?? Self.assumedOutput
        let (product, overflowed) = limit.multipliedReportingOverflow(by: Self.choices(request.parameters))
        maximumOutput = overflowed ? .max : product
        worst = price?.worstCost(
            inputTokens: input.high, outputTokens: maximumOutput,
            serviceTier: serviceTier ?? Self.tier(request.parameters))
    }

    /// The most tokens that a request allows, by any of the names that APIs have for it; the largest where several
    /// are written.
    private static func limit(_ parameters: JSONObject) -> Int? {
        [
            "max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "maxTokens",
            "num_predict",
        ]
        .compactMap { parameters[$0]?.integer }.filter { $0 >= 0 }.max()
    }

    private static func choices(_ parameters: JSONObject) -> Int {
        max(1, ["n", "candidateCount", "candidate_count"].compactMap { parameters[$0]?.integer }.max() ?? 1)
    }

    /// The tier that the request asks for.
    ///
    /// `auto` and `standard_only` are the usual one as far as a project has no other.
    private static func tier(_ parameters: JSONObject) -> String? {
        let written = parameters["service_tier"]?.string
        return written == "auto" || written == "standard_only" ? nil : written
    }
}
