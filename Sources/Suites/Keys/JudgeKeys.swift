import Evals

/// The keys of `judge:` in the project file.
enum JudgeKeys {
    /// How often a panel may ask each of its models.
    static let repetitions = 1...25

    /// All of it.
    static let settings = KeyTable(
        "the judge",
        [
            .init("model", .text, "The model that judges where an assertion does not say."),
            .init("panel", .record(panel), "Several judges in place of one."),
            .init("embeddings", .text, "The model whose embeddings are compared."),
            .init("moderation", .text, "The model behind which a moderation endpoint stands."),
            .init(
                "when", .choice(JudgeSettings.Moment.allCases.map(\.rawValue)),
                "When judges are asked: always, or only while the assertions that ask nobody pass."),
            .init(
                "batch_rubrics", .boolean,
                "Whether the rubrics of one case that have the same judge are judged in one call."),
            .init(
                "require_calibration", .number(0...1),
                "The smallest κ of a calibration with which a judge may decide."),
        ])

    private static let panel = KeyTable(
        "a panel",
        [
            .init("models", .list(.text), "The judges."),
            .init(
                "vote", .choice(JudgePanel.Vote.allCases.map(\.rawValue)),
                "How the verdicts become one."),
            .init("repeat", .integer(repetitions), "How often each judge is asked."),
        ])
}
