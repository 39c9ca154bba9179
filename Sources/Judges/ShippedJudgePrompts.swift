/// The judge prompts that the program brings along, as the files they are.
public enum ShippedJudgePrompts {
    /// The names, in order.
    public static let names = files.keys.sorted()

    /// What the file of a prompt says; nil when there is none of that name.
    public static func file(named name: String) -> [UInt8]? { files[name]?() }

    /// Functions, so that a start reads only those that are used.
    private static let files: [String: @Sendable () -> [UInt8]] = [
        "judge-rubric": { PackageResources.judge_rubric_prompt_yaml },
        "judge-rubrics": { PackageResources.judge_rubrics_prompt_yaml },
    ]
}
