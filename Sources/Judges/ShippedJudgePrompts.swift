/// The judge prompts that the program brings along, as the files they are.
public enum ShippedJudgePrompts {
    /// The names, in order.
    public static let names = files.keys.sorted()

    /// What the file of a prompt says; nil when there is none of that name.
    public static func file(named name: String) -> [UInt8]? { files[name]?() }

    /// Functions, so that a start reads only those that are used.
    private static let files: [String: @Sendable () -> [UInt8]] = [
        "judge-answer-relevance": { PackageResources.judge_answer_relevance_prompt_yaml },
        "judge-closed-qa": { PackageResources.judge_closed_qa_prompt_yaml },
        "judge-conversation-relevance": { PackageResources.judge_conversation_relevance_prompt_yaml },
        "judge-factuality": { PackageResources.judge_factuality_prompt_yaml },
        "judge-g-eval": { PackageResources.judge_g_eval_prompt_yaml },
        "judge-g-eval-steps": { PackageResources.judge_g_eval_steps_prompt_yaml },
        "judge-on-topic": { PackageResources.judge_on_topic_prompt_yaml },
        "judge-refusal": { PackageResources.judge_refusal_prompt_yaml },
        "judge-rubric": { PackageResources.judge_rubric_prompt_yaml },
        "judge-rubrics": { PackageResources.judge_rubrics_prompt_yaml },
        "judge-deepeval-answer-relevancy-statements": {
            PackageResources.judge_deepeval_answer_relevancy_statements_prompt_yaml
        },
        "judge-deepeval-answer-relevancy-verdicts": {
            PackageResources.judge_deepeval_answer_relevancy_verdicts_prompt_yaml
        },
        "judge-deepeval-bias-opinions": { PackageResources.judge_deepeval_bias_opinions_prompt_yaml },
        "judge-deepeval-bias-verdicts": { PackageResources.judge_deepeval_bias_verdicts_prompt_yaml },
        "judge-deepeval-contextual-precision": {
            PackageResources.judge_deepeval_contextual_precision_prompt_yaml
        },
        "judge-deepeval-contextual-recall-verdicts": {
            PackageResources.judge_deepeval_contextual_recall_verdicts_prompt_yaml
        },
        "judge-deepeval-contextual-relevancy": {
            PackageResources.judge_deepeval_contextual_relevancy_prompt_yaml
        },
        "judge-deepeval-faithfulness-claims": {
            PackageResources.judge_deepeval_faithfulness_claims_prompt_yaml
        },
        "judge-deepeval-faithfulness-truths": {
            PackageResources.judge_deepeval_faithfulness_truths_prompt_yaml
        },
        "judge-deepeval-faithfulness-verdicts": {
            PackageResources.judge_deepeval_faithfulness_verdicts_prompt_yaml
        },
        "judge-deepeval-hallucination": { PackageResources.judge_deepeval_hallucination_prompt_yaml },
        "judge-deepeval-toxicity-opinions": { PackageResources.judge_deepeval_toxicity_opinions_prompt_yaml },
        "judge-deepeval-toxicity-verdicts": { PackageResources.judge_deepeval_toxicity_verdicts_prompt_yaml },
        "judge-grounded-claims": { PackageResources.judge_grounded_claims_prompt_yaml },
        "judge-grounded-verdicts": { PackageResources.judge_grounded_verdicts_prompt_yaml },
        "judge-self-consistency": { PackageResources.judge_self_consistency_prompt_yaml },
        "judge-pairwise": { PackageResources.judge_pairwise_prompt_yaml },
        "judge-select-best": { PackageResources.judge_select_best_prompt_yaml },
        "judge-ragas-attribution": { PackageResources.judge_ragas_attribution_prompt_yaml },
        "judge-ragas-questions": { PackageResources.judge_ragas_questions_prompt_yaml },
        "judge-ragas-statements": { PackageResources.judge_ragas_statements_prompt_yaml },
        "judge-ragas-support": { PackageResources.judge_ragas_support_prompt_yaml },
        "judge-ragas-usefulness": { PackageResources.judge_ragas_usefulness_prompt_yaml },
    ]
}
