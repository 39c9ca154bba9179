import ArgumentParser
import Diagnostics
import Files
import Recordings
import Suites

/// `evalrun fixtures mv`.
struct FixturesMove: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "mv", abstract: "Moves recordings after a case, suite, prompt or model was renamed.",
        discussion: """
            With --auto every recording that is found by its key at another place goes where the plan wants it.
            Else names are given as SUITE, SUITE/CASE or SUITE/CASE/PROMPT/MODEL; `*` keeps a part:
              evalrun fixtures mv support/late-parcel support/parcel-late
              evalrun fixtures mv 'support/*/*/small' 'support/*/*/mini'
            """)

    @Flag(name: .long, help: "Find what moved by its key.")
    var auto = false

    @Flag(name: .customLong("dry-run"), help: "With --auto: list what would be moved, and move nothing.")
    var isDryRun = false

    @Argument(help: "The old name.") var old: String?
    @Argument(help: "The new name.") var new: String?
    @OptionGroup var project: ProjectOptions

    /// Checks the options.
    func validate() throws {
        if auto, old != nil { throw ValidationError("--auto takes no names.") }
        if !auto, old == nil || new == nil { throw ValidationError("Give an old and a new name, or --auto.") }
        if !auto, isDryRun { throw ValidationError("--dry-run goes with --auto.") }
        _ = try names()
    }

    /// Runs the command.
    func run() throws {
        if auto {
            let fixtures = try FixtureProject(project)
            let moves = try project.orExit(fixtures.root) { () throws(DiagnosticError) in
                try fixtures.audit.moveAutomatically(plan: fixtures.forEachUse, isDryRun: isDryRun)
            }
            for move in moves { Console.print("\(move.detail ?? "?") → \(move.path)\n") }
            Console.note("\(moves.count) \(isDryRun ? "would be moved" : "moved")\n")
        } else if let (old, new) = try names() {
            let root = try project.root()
            let moves = try project.orExit(root) { () throws(DiagnosticError) in
                try FixtureRename(store: FixtureStore(tree: WorkingTree(root))).move(old, to: new)
            }
            for move in moves { Console.print("\(move.from) → \(move.to)\n") }
            Console.note("\(moves.count) moved\n")
        }
    }

    /// What is to be moved and where; nil without names.
    private func names() throws -> (FixtureRename.Names, FixtureRename.Names)? {
        guard let old, let new else { return nil }
        do throws(RenameMistake) {
            return try FixtureRename.Names.pair(old: old, new: new)
        } catch {
            throw ValidationError(error.message)
        }
    }
}
