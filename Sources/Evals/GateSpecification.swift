public import Diagnostics

/// A condition on the results of a suite that decides whether the build passes.
public struct GateSpecification: Sendable, Hashable {
    /// What a broken gate does.
    public enum Level: String, Sendable, Hashable {
        /// It is shown.
        case warn
        /// It fails the build.
        case fail
    }

    /// Which results are judged together.
    public enum Pool: String, Sendable, Hashable {
        /// Each prompt × model by itself.
        case each
        /// All of the suite.
        case suite
    }

    /// The metric.
    public var metric: GateMetric
    /// The smallest value that passes.
    public var min: Double?
    /// The largest value that passes.
    public var max: Double?
    /// Which executions count.
    public var filter: GateFilter?
    /// Which results are judged together.
    public var over: Pool
    /// What a broken gate does.
    public var level: Level
    /// True for a gate that nobody wrote.
    public var isImplied: Bool
    /// Where it stands; for implied gates the suite's file.
    public var mark: SourceMark

    /// Creates a gate.
    public init(
        metric: GateMetric, min: Double? = nil, max: Double? = nil, filter: GateFilter? = nil,
        over: Pool = .each,
        level: Level = .fail, isImplied: Bool = false, mark: SourceMark
    ) {
        self.metric = metric
        self.min = min
        self.max = max
        self.filter = filter
        self.over = over
        self.level = level
        self.isImplied = isImplied
        self.mark = mark
    }

    /// The written gates with those that are implied where nobody wrote them.
    ///
    /// `pass_rate min: 1` is, unless a `fail` gate without `where` has a `min` above 0 on `pass_rate` or a score;
    /// `error_rate max: 0` is, unless a gate has a `max` below 1 on `error_rate`. Others can't catch what the
    /// implied ones are for.
    public static func complete(_ written: [GateSpecification], mark: SourceMark) -> [GateSpecification] {
        let judgesQuality = written.contains { gate in
            guard gate.level == .fail, gate.filter == nil, let min = gate.min, min > 0 else { return false }
            switch gate.metric {
            case .passRate, .score: return true
            default: return false
            }
        }
        var gates = written
        if !judgesQuality {
            gates.append(GateSpecification(metric: .passRate, min: 1, isImplied: true, mark: mark))
        }
        let judgesErrors = written.contains { gate in
            gate.metric == .errorRate && gate.level == .fail && gate.filter == nil
                && gate.max.map { $0 < 1 } ?? false
        }
        if !judgesErrors {
            gates.append(GateSpecification(metric: .errorRate, max: 0, isImplied: true, mark: mark))
        }
        return gates
    }
}

/// A number that a gate bounds.
public enum GateMetric: Sendable, Hashable, CustomStringConvertible {
    /// A summary of many values.
    public enum Statistic: Sendable, Hashable, CustomStringConvertible {
        /// The arithmetic mean.
        case mean
        /// The largest value.
        case maximum
        /// The smallest value.
        case minimum
        /// The sum.
        case sum
        /// The percentile above 0 and up to 100, by nearest rank.
        case percentile(Double)

        /// `mean`, `max`, `min`, `sum` or `p95`.
        public var description: String {
            switch self {
            case .mean: "mean"
            case .maximum: "max"
            case .minimum: "min"
            case .sum: "sum"
            case .percentile(let rank): "p" + (rank == rank.rounded() ? "\(Int(rank))" : "\(rank)")
            }
        }
    }

    /// Passed units of all that are not skipped.
    case passRate
    /// Errored executions of all that are not skipped.
    case errorRate
    /// The mean score of a metric; nil: of the executions.
    case score(String?)
    /// Milliseconds to the last byte.
    case latency(Statistic)
    /// Milliseconds to the first token.
    case firstToken(Statistic)
    /// Dollars in all.
    case cost
    /// Tokens: `input`, `output` or `total`.
    case tokens(String, Statistic)
    /// Output tokens per second.
    case speed(Statistic)
    /// Answers of another model than the one asked, of all answers.
    case fallbackRate
    /// Answers that took more than one request, of all answers.
    case retryRate
    /// Dollars in all for what judges said of the answers.
    case judgeCost
    /// Executions with a recording that was made anew for an unchanged request, with another answer or verdict.
    case rerolled

    /// Whether the number is a share, from 0 to 1.
    public var isShare: Bool {
        switch self {
        case .passRate, .errorRate, .score, .fallbackRate, .retryRate: true
        case .latency, .firstToken, .cost, .tokens, .speed, .judgeCost, .rerolled: false
        }
    }

    /// All spellings, for hints.
    public static let spellings = [
        "pass_rate", "error_rate", "score", "score.METRIC", "latency_ms.p95", "latency_ms.mean",
        "ttft_ms.p95",
        "cost_usd", "tokens.input", "tokens.output", "tokens.total", "tokens_per_second.p50", "fallback_rate",
        "retry_rate", "judge_cost_usd", "rerolled",
    ]

    /// Reads a spelling such as `latency_ms.p95`; nil when it is none.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let rest = parts.count > 1 ? parts[1] : nil
        switch (parts.first ?? "", rest) {
        case ("pass_rate", nil): self = .passRate
        case ("error_rate", nil): self = .errorRate
        case ("cost_usd", nil): self = .cost
        case ("fallback_rate", nil): self = .fallbackRate
        case ("retry_rate", nil): self = .retryRate
        case ("judge_cost_usd", nil): self = .judgeCost
        case ("rerolled", nil): self = .rerolled
        case ("score", nil): self = .score(nil)
        case ("score", let name?) where !name.isEmpty: self = .score(name)
        case ("latency_ms", let name?):
            guard let statistic = Self.statistic(name) else { return nil }
            self = .latency(statistic)
        case ("ttft_ms", let name?):
            guard let statistic = Self.statistic(name) else { return nil }
            self = .firstToken(statistic)
        case ("tokens_per_second", let name?):
            // Speeds do not add up.
            guard let statistic = Self.statistic(name), statistic != .sum else { return nil }
            self = .speed(statistic)
        case ("tokens", let name?):
            let names = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            guard let kind = names.first, ["input", "output", "total"].contains(kind) else { return nil }
            guard let statistic = names.count > 1 ? Self.statistic(names[1]) : .sum else { return nil }
            self = .tokens(kind, statistic)
        default: return nil
        }
    }

    private static func statistic(_ text: String) -> Statistic? {
        switch text {
        case "mean": return .mean
        case "max": return .maximum
        case "min": return .minimum
        case "sum": return .sum
        default:
            guard text.first == "p", text.utf8.count < 8, let rank = decimal(text.dropFirst()), rank > 0,
                rank <= 100
            else { return nil }
            return .percentile(rank)
        }
    }

    /// A number of digits and at most one dot between them; `Double` alone would take `0x1p2` and `1e1` too.
    private static func decimal(_ text: Substring) -> Double? {
        let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
        }
        return parts.count <= 2 && isPlain ? Double(text) : nil
    }

    /// The spelling.
    public var description: String {
        switch self {
        case .passRate: "pass_rate"
        case .errorRate: "error_rate"
        case .score(let name): name.map { "score." + $0 } ?? "score"
        case .latency(let statistic): "latency_ms.\(statistic)"
        case .firstToken(let statistic): "ttft_ms.\(statistic)"
        case .cost: "cost_usd"
        case .speed(let statistic): "tokens_per_second.\(statistic)"
        case .fallbackRate: "fallback_rate"
        case .retryRate: "retry_rate"
        case .judgeCost: "judge_cost_usd"
        case .rerolled: "rerolled"
        case .tokens(let kind, .sum): "tokens.\(kind)"
        case .tokens(let kind, let statistic): "tokens.\(kind).\(statistic)"
        }
    }
}
