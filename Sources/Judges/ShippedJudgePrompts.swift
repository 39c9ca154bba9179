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
    ]
}
