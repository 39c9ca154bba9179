import Evals

/// The metrics of DeepEval, as DeepEval defines them.
enum DeepEvalFamily {
    /// What the catalog holds.
    static let descriptors = [
        DeepEvalFaithfulness.metric, DeepEvalAnswerRelevancy.metric, DeepEvalContextualPrecision.metric,
        DeepEvalContextualRecall.metric, DeepEvalContextualRelevancy.metric, DeepEvalHallucination.metric,
        DeepEvalOpinions.bias, DeepEvalOpinions.toxicity,
    ].map(\.descriptor)
}
