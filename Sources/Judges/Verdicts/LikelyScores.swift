import JSON
import Statistics

/// The scores that a judge could have written in place of the one it wrote, with their log probabilities.
struct LikelyScores: Sendable {
    /// The score weighted by the probabilities; nil when none of the tokens is a score.
    let weighted: WeightedScore?

    /// How many of the likeliest tokens count.
    private static let counted = 20

    /// Finds the token of a score in an answer's log probabilities; nil when it is not there as one token.
    ///
    /// It is the last token that is the score alone and follows `"score":`, so that no number of the reason is taken
    /// for it.
    init?(in logprobs: JSONValue, for score: Int) {
        let tokens = logprobs.array ?? []
        guard
            let place = tokens.lastIndex(where: { $0["token"]?.string?.trimmed == "\(score)" }),
            let likely = tokens[place]["top_logprobs"]?.array, !likely.isEmpty
        else { return nil }
        let before = tokens[..<place].compactMap { $0["token"]?.string }.joined()
        guard before.filter({ !$0.isWhitespace }).hasSuffix("\"score\":") else { return nil }
        let pairs = likely.prefix(Self.counted).compactMap {
            entry -> (token: String, logProbability: Double)? in
            guard let token = entry["token"]?.string, let logprob = entry["logprob"]?.double else {
                return nil
            }
            return (token.trimmed, logprob)
        }
        weighted = WeightedScore(tokens: pairs, scale: TenPointQuestion.scale)
    }
}
