import Evals
import JSON
import Models
import Suites

/// What assertions would ask models about the answers of a plan, and what that costs, as far as it can be told before
/// the answers are there.
///
/// Counts are those of assertions that ask each of their judges once; some ask more, and an answer that is no verdict
/// is asked for again.
struct JudgeForecast {
    /// The forecast of one model.
    struct Row {
        /// The model.
        let model: ModelSpecification
        /// The calls there are at least.
        let calls: Int
        /// What so many calls cost: about as short as they can be, and in the worst case; nil when that is unknown.
        let cost: (low: Money, high: Money)?
    }

    /// The executions whose answers are judged.
    private(set) var executions = 0
    /// Those of them of which something is recorded that judges said.
    private(set) var recorded = 0

    private let judging: PlannedJudging
    private let prices: PriceTable
    private let prompts: [[Message]]
    private let reads: Bool
    /// The most tokens that a question has beside its prompt: what was asked, and the answer.
    private var longest = 0

    /// Starts without answers.
    ///
    /// - Parameters:
    ///   - prompts: The judge prompts with nothing in their places.
    ///   - reads: Whether recordings are used.
    init(_ judging: PlannedJudging, prompts: [[Message]], prices: PriceTable, reads: Bool) {
        self.judging = judging
        self.prompts = prompts
        self.prices = prices
        self.reads = reads
    }

    /// Adds an answer that is judged.
    ///
    /// - Parameter isRecorded: Whether something is recorded that judges said of it.
    mutating func add(_ request: ModelRequest, isRecorded: Bool) {
        executions += 1
        if isRecorded, reads { recorded += 1 }
        let estimate = CallEstimate(request, prices: prices)
        let answer = request.given.map { TokenEstimate.text($0.content ?? "").high } ?? estimate.maximumOutput
        let (sum, overflowed) = estimate.input.high.addingReportingOverflow(answer)
        longest = max(longest, overflowed ? .max : sum)
    }

    /// The executions of which nothing is recorded that judges said.
    var unrecorded: Int { executions - recorded }

    /// The models that would be asked, in the order in which assertions need them.
    var rows: [Row] {
        judging.asked.map { asked in
            let calls = share(of: asked.calls)
            return Row(model: asked.model, calls: calls, cost: cost(of: calls, asked))
        }
    }

    /// What the calls about one answer cost, about; nil when that is unknown.
    var costOfExecution: Money? {
        var sum = Money.zero
        for asked in judging.asked {
            // Rounded up: an offer that costs less than it said is no trouble.
            let calls = (asked.calls + executions - 1) / max(1, executions)
            guard let cost = cost(of: calls, asked) else { return nil }
            sum = sum + cost.low
        }
        return sum
    }

    /// The calls about answers of which nothing is recorded, where all answers are alike.
    private func share(of calls: Int) -> Int {
        guard executions > 0, unrecorded > 0 else { return 0 }
        let share = Double(calls) * Double(unrecorded) / Double(executions)
        return min(calls, Int(share.rounded(.up)))
    }

    private func cost(of calls: Int, _ asked: PlannedJudging.Asked) -> (low: Money, high: Money)? {
        guard let price = prices.price(of: asked.model) else { return nil }
        // Embeddings and what moderation says are no output that is paid for.
        let speaks = asked.roles.contains(.judge) || asked.roles.contains(.classifier)
        let estimates = (asked.roles.contains(.judge) && !prompts.isEmpty ? prompts : [[]]).map { messages in
            CallEstimate(
                ModelRequest(
                    model: asked.model, parameters: asked.model.parameters, messages: messages,
                    site: CallSite(suite: "", caseID: "", prompt: "", model: asked.model.name)),
                prices: prices)
        }
        let least = estimates.map(\.input.low).min() ?? 0
        let (most, overflowed) = (estimates.map(\.input.high).max() ?? 0).addingReportingOverflow(longest)
        let output = speaks ? estimates.first?.maximumOutput ?? 0 : 0
        guard
            let low = price.cost(
                of: Usage(
                    inputTokens: least, outputTokens: speaks ? min(output, Forecast.assumedOutput) : 0)),
            let high = price.worstCost(inputTokens: overflowed ? .max : most, outputTokens: output)
        else { return nil }
        return (Self.product(low, calls), Self.product(high, calls))
    }

    private static func product(_ cost: Money, _ count: Int) -> Money {
        let (product, overflowed) = cost.picoUSD.multipliedReportingOverflow(by: Int64(count))
        return Money(picoUSD: overflowed ? .max : product)
    }
}
