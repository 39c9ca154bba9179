import ArgumentParser

/// `evalrun fixtures`: the recordings of a project.
struct FixturesCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "fixtures",
        abstract: "Lists, checks, scans, moves, removes, imports and accepts recordings.",
        subcommands: [
            FixturesList.self, FixturesStale.self, FixturesPrune.self, FixturesMove.self, FixturesImport.self,
            FixturesScan.self, FixturesAccept.self,
        ])
}
