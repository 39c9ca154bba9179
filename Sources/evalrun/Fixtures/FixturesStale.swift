import ArgumentParser
import Diagnostics
import Evals
import Suites
import Recordings

/// `evalrun fixtures stale`.
struct FixturesStale: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "stale",
        abstract: "Lists recordings that are missing, stale, moved or unused.",
        discussion: "Exit code 4 when a recording is missing or stale; moved and unused ones are shown only.")

    @OptionGroup var project: ProjectOptions

    /// Runs the command.
    func run() throws {
        let fixtures = try FixtureProject(project)
        let review = try project.orExit(fixtures.root) { () throws(DiagnosticError) in
            var review = try fixtures.audit.review(plan: fixtures.forEachRequest)
            // What a profile alone asks for is no gap of the plan, and no waste either.
            review.unused = try fixtures.audit.review(plan: fixtures.forEachUse).unused
            let skipped = try fixtures.skippedCases()
            review.missing.removeAll { skipped.contains([$0.site.suite, $0.site.caseID]) }
            review.stale.removeAll { skipped.contains([$0.site.suite, $0.site.caseID]) }
            return review
        }
        project.show(review.mistakes, root: fixtures.root)
        for (word, gaps) in [("missing", review.missing), ("stale", review.stale), ("moved", review.moved)] {
            for gap in gaps {
                var line = "\(word)  \(gap.path)  \(TerminalText.visible(gap.site.caseID))  #\(gap.sample)"
                if word == "moved", let from = gap.detail { line += "  (found in \(from))" }
                Console.print(line + "\n")
            }
        }
        for recorded in review.unused {
            let sample = recorded.exchange.sample
            Console.print("unused  \(recorded.path)  \(TerminalText.visible(recorded.caseID))  #\(sample)\n")
        }
        Console.note(
            """
            \(review.fresh) fresh, \(review.missing.count) missing, \(review.stale.count) stale, \
            \(review.moved.count) moved, \(review.unused.count) unused

            """)
        if !review.missing.isEmpty || !review.stale.isEmpty || !review.mistakes.isEmpty {
            throw ExitCode(ExitStatus.recordingMissing.rawValue)
        }
    }
}
