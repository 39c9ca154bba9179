import ArgumentParser

/// `evalrun review`: people judge answers without knowing where they come from.
struct ReviewCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Writes sheets on which people label answers, and reads their labels back.",
        subcommands: [ReviewExportCommand.self, ReviewImportCommand.self])
}
