import ArgumentParser

/// What the commands that run suites were told, all groups of options together.
@dynamicMemberLookup
struct RunOptions {
    /// What of the suites is meant.
    var selection: SelectionOptions
    /// The project.
    var project: ProjectOptions
    /// How live models are asked.
    var live: LiveOptions
    /// What may be spent and sent.
    var spending: SpendingOptions
    /// How it is run and reported.
    var flags: RunFlags

    /// The options that mean nothing in a mode without live models.
    var liveOnly: [String] { (spending.maximumUSD == nil ? [] : ["--max-usd"]) + live.liveOnly }

    /// One of the flags.
    subscript<Value>(dynamicMember path: KeyPath<RunFlags, Value>) -> Value { flags[keyPath: path] }
}

/// How suites are run and reported: the options that all commands that run suites share.
///
/// The groups of a command stand beside each other, since a build for tests checks each group again for every group
/// around it.
struct RunFlags: ParsableArguments {
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

    /// Checks the options.
    func validate() throws {
        if let jobs, !(1...10_000).contains(jobs) {
            throw ValidationError("--jobs must be from 1 to 10000, not \(jobs).")
        }
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other.") }
    }
}
