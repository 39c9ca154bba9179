/// The keys of a calibration's file.
enum CalibrationKeys {
    /// The version of the format.
    static let version = 1

    private static let count = Shape.integer(0...Int.max)
    private static let measure = Shape.number(-1...1)

    /// The whole file.
    static let file = KeyTable(
        "a calibration",
        [
            .init("calibration", .integer(version...version), "The version of the format: 1."),
            .init("name", .text, "The metric's name, or that of the rubric's file."),
            .init("date", .date, "The day of the measurement."),
            .init("instrument", .text, "The hash of what judged: SHA-256 of the canonical JSON of `parts`."),
            .init("models", .list(.text), "The names of the judges."),
            .init("prompts", .list(.text), "The judge prompts, each `name@version`."),
            .init("labels", .record(hashed), "The labels."),
            .init("guide", .record(hashed), "The guide by which people labeled."),
            .init("counts", .record(counts), "How often people and the judge passed and failed answers."),
            .init("without_verdict", count, "Labels on which the judge gave no verdict; in no count."),
            .init("agreement", .number(0...1), "The share of answers on which both agree."),
            .init("kappa", .record(kappa), "Cohen's κ; missing where it is undefined."),
            .init("ac1", measure, "Gwet's AC1."),
            .init("parts", .record(parts), "Everything that shapes a verdict."),
        ])

    private static let hashed = KeyTable(
        "a file with its hash",
        [
            .init("file", .text, "The path in the project."),
            .init("sha256", .text, "The hash of its bytes."),
        ])

    private static let counts = KeyTable(
        "the counts",
        [
            .init("true_passes", count, "Passed by people and by the judge."),
            .init("false_passes", count, "Failed by people, passed by the judge."),
            .init("true_fails", count, "Failed by people and by the judge."),
            .init("false_fails", count, "Passed by people, failed by the judge."),
        ])

    private static let kappa = KeyTable(
        "κ",
        [
            .init("value", measure, "κ itself."),
            .init("low", .number(-Double.infinity...Double.infinity), "The lower end of its 95 % interval."),
            .init("high", .number(-Double.infinity...Double.infinity), "The upper end of its 95 % interval."),
        ])

    private static let parts = KeyTable(
        "the parts of an instrument",
        [
            .init("type", .text, "The type of assertion."),
            .init("negated", .boolean, "Whether it is negated."),
            .init("value", .any, "The rubric as it is written."),
            .init("options", .map(.any), "The assertion's options."),
            .init("select", .any, "What of the answer is judged."),
            .init("xpath", .any, "What of the answer is judged."),
            .init("transform", .list(.text), "What is done to the answer first."),
            .init("threshold", .any, "The threshold."),
            .init("judges", .list(.any), "The judges: the model's identity and its parameters."),
            .init("vote", .text, "How a panel votes."),
            .init("repeat", .integer(1...Int.max), "How often each judge is asked."),
            .init("prompts", .list(.any), "The judge prompts and the hashes of what they say."),
            .init("embeddings", .any, "The model whose embeddings shape the verdict too."),
            .init("batched", .boolean, "Whether several rubrics are judged in one call."),
        ])
}
