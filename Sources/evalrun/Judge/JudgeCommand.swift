import ArgumentParser

/// `evalrun judge`: what there is to know about judges.
struct JudgeCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Measures judges, tries them, shows their prompts, and judges stored answers again.",
        subcommands: [
            JudgeRunCommand.self, JudgeCalibrateCommand.self, JudgeProbeCommand.self,
            JudgePromptsCommand.self,
        ])
}
