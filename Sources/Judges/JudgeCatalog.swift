public import Evals

/// The types of assertion that ask models about an answer, in the order of the reference.
public enum JudgeCatalog {
    /// One line for each file of types.
    public static let descriptors: [AssertionDescriptor] = [
        RubricAssertion.descriptors,
        GEvalAssertion.descriptors,
        FactualityAssertion.descriptors,
        ClosedQAAssertion.descriptors,
        AnswerRelevanceAssertion.descriptors,
        JudgedRefusalAssertion.descriptors,
        OnTopicAssertion.descriptors,
        ConversationRelevanceAssertion.descriptors,
        GroundedAssertion.descriptors,
        SelfConsistencyAssertion.descriptors,
        DeepEvalFamily.descriptors,
        PairwiseAssertion.descriptors,
        SelectBestAssertion.descriptors,
        SimilarAssertion.descriptors,
        ModerationAssertion.descriptors,
        ClassifierAssertion.descriptors,
        RagasFaithfulness.descriptors,
        RagasAnswerRelevancy.descriptors,
        RagasContextPrecision.descriptors,
        RagasContextRecall.descriptors,
        RagasFactualCorrectness.descriptors,
        RagasNoiseSensitivity.descriptors,
    ].flatMap { $0 }
}
