import ArgumentParser

/// The options that `run` and `record` share, and what they do.
struct RunOptions: ParsableArguments {
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var live: LiveOptions
    @OptionGroup var spending: SpendingOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            """
            A report: terminal, junit, junit-strict or json, with =PATH to write a file; without a path it alone \
            goes to standard output. Repeatable.
            """, valueName: "kind[=path]"))
    var report: [String] = []

    @Option(name: .long, help: ArgumentHelp("Executions at the same time (default: 64).", valueName: "n"))
    var jobs: Int?

    @Flag(
        name: .customLong("fail-fast"),
        help: "Stop at the first execution that fails; the rest counts as not run.")
    var failFast = false

    @Flag(
        name: .customLong("allow-exec"),
        help: "Let assertions and models run the programs that the project names (exec, python, javascript).")
    var allowExec = false

    @Flag(
        name: .customLong("allow-uncalibrated"),
        help: "Let judges decide without the calibration that `judge:` requires.")
    var allowUncalibrated = false

    @Flag(name: .shortAndLong, help: "Print failed gates and the last line alone.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Print every failure in full, and passed executions too.")
    var verbose = false

    @Flag(name: .customLong("no-progress"), help: "Print no progress line.")
    var noProgress = false

    /// The options that mean nothing in a mode without live models.
    var liveOnly: [String] { (spending.maximumUSD == nil ? [] : ["--max-usd"]) + live.liveOnly }

    /// Checks the options.
    func validate() throws {
        if let jobs, !(1...10_000).contains(jobs) {
            throw ValidationError("--jobs must be from 1 to 10000, not \(jobs).")
        }
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other.") }
    }
}
