public import Evals

/// What a run would call and cost, by suite and model, added up from its requests one at a time.
///
/// Memory grows with suites × models, not with requests.
public struct Forecast: Sendable {
    /// The forecast of one suite × model.
    public struct Row: Sendable {
        /// The suite's name.
        public let suite: String
        /// The model.
        public let model: ModelSpecification
        /// Calls that would be made.
        public fileprivate(set) var calls = 0
        /// Requests that are answered by recordings.
        public fileprivate(set) var recorded = 0
        /// The input tokens of the calls.
        public fileprivate(set) var input = TokenEstimate.zero
        /// The most output tokens of the calls.
        public fileprivate(set) var maximumOutput = 0
        /// The most that the calls can cost; nil when the price is unknown.
        public fileprivate(set) var highCost: Money? = .zero
        fileprivate var price: ModelPrice?
        fileprivate var lowInputCost: Money? = .zero
        fileprivate var highInputCost: Money? = .zero
        fileprivate var knownOutputs = 0
        fileprivate var knownOutputSum = 0
        fileprivate var latencies = 0
        fileprivate var latencySum = 0.0
    }

    /// Output tokens of an answer where no recording of the row tells how many to expect.
    public static let assumedOutput = 64
    /// Seconds of a call where no recording of the row tells how many to expect.
    public static let assumedSeconds = 5.0

    /// The rows in the order in which the requests name them first.
    public private(set) var rows: [Row] = []
    private let prices: PriceTable
    private var places: [String: [String: Int]] = [:]

    /// Starts without requests.
    public init(prices: PriceTable) { self.prices = prices }

    /// Adds a request.
    ///
    /// - Parameters:
    ///   - isCalled: Whether the model would be called, instead of a recording replayed.
    ///   - recorded: An answer to this request, or to an earlier form of it, which tells what to expect.
    public mutating func add(_ request: ModelRequest, isCalled: Bool, recorded: Reply?) {
        let place = place(of: request)
        if let output = recorded?.usage?.outputTokens {
            rows[place].knownOutputs += 1
            rows[place].knownOutputSum = Self.sum(rows[place].knownOutputSum, output)
        }
        if let latency = recorded?.latencyMS {
            rows[place].latencies += 1
            rows[place].latencySum += latency / 1000
        }
        guard isCalled else {
            rows[place].recorded += 1
            return
        }
        let estimate = CallEstimate(request, prices: prices)
        rows[place].calls += 1
        rows[place].input = rows[place].input + estimate.input
        rows[place].maximumOutput = Self.sum(rows[place].maximumOutput, estimate.maximumOutput)
        rows[place].highCost = Self.sum(rows[place].highCost, estimate.worst)
        let price = rows[place].price
        let low = price?.cost(of: Usage(inputTokens: estimate.input.low, outputTokens: 0))
        rows[place].lowInputCost = Self.sum(rows[place].lowInputCost, low)
        let high = price?.cost(of: Usage(inputTokens: estimate.input.high, outputTokens: 0))
        rows[place].highInputCost = Self.sum(rows[place].highInputCost, high)
    }

    private mutating func place(of request: ModelRequest) -> Int {
        let (suite, model) = (request.site.suite, request.model)
        if let place = places[suite]?[model.name] { return place }
        var row = Row(suite: suite, model: model)
        row.price = prices.price(of: model)
        places[suite, default: [:]][model.name] = rows.count
        rows.append(row)
        return rows.count - 1
    }

    fileprivate static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflowed) = left.addingReportingOverflow(right)
        return overflowed ? .max : sum
    }

    fileprivate static func sum(_ left: Money?, _ right: Money?) -> Money? {
        guard let left, let right else { return nil }
        return left + right
    }
}

extension Forecast.Row {
    /// The output tokens to expect: what the recorded answers of the row have on average, never more than the most.
    public var expectedOutput: Int {
        let each =
            knownOutputs > 0
            ? Double(knownOutputSum) / Double(knownOutputs) : Double(Forecast.assumedOutput)
        let total = (each * Double(calls)).rounded(.up)
        return total < Double(maximumOutput) ? Int(total) : maximumOutput
    }

    /// What the calls cost at the fewest input and the expected output tokens; nil when the price is unknown.
    public var lowCost: Money? { cost(ofInput: lowInputCost) }

    /// What the calls cost at the most input and the expected output tokens; nil when the price is unknown.
    public var expectedCost: Money? { cost(ofInput: highInputCost) }

    /// With the expected output tokens, and never more than the worst case.
    private func cost(ofInput input: Money?) -> Money? {
        let output = price?.cost(of: Usage(inputTokens: 0, outputTokens: expectedOutput))
        guard let cost = Forecast.sum(input, output), let highCost else { return nil }
        return min(cost, highCost)
    }

    /// What the calls take of a provider's limits.
    public var load: CallLoad {
        let seconds = latencies > 0 ? latencySum / Double(latencies) : Forecast.assumedSeconds
        return CallLoad(
            calls: calls, tokens: Double(input.high) + Double(expectedOutput),
            seconds: Double(calls) * seconds)
    }
}
