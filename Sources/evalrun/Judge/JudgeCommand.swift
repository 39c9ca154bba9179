import ArgumentParser

/// `evalrun judge`: what there is to know about judges.
struct JudgeCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "judge", abstract: "Shows and tries judges.",
        subcommands: [
            JudgeRunCommand.self, JudgePromptsCommand.self,
        ])
}
