import ArgumentParser

/// The options of runs that ask live models.
struct LiveOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Go on with a run that was interrupted: its id, or last. Asks only for what is missing or errored.",
            valueName: "run"))
    var resume: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Keep answers in this folder, and take them from there in later runs.", valueName: "folder"),
        completion: .directory)
    var cache: String?

    @Flag(
        name: .long, inversion: .prefixedNo,
        help: "Ask OpenAI and Anthropic in batches: half the price, within a day.")
    var batch: Bool?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Make a model or provider fail on purpose: a status, timeout, reset or garbage, such as 503@small:0.5; "
                + "repeatable.", valueName: "fault@name[:rate]"))
    var inject: [String] = []

    /// Checks the options.
    func validate() throws {
        if batch == true, !inject.isEmpty {
            throw ValidationError("--inject makes single calls fail, and --batch makes none.")
        }
    }

    /// The options that mean nothing in a mode without live models.
    var liveOnly: [String] {
        var found: [String] = []
        if resume != nil { found.append("--resume") }
        if cache != nil { found.append("--cache") }
        if batch == true { found.append("--batch") }
        if !inject.isEmpty { found.append("--inject") }
        return found
    }
}
