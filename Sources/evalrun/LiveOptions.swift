import ArgumentParser
import Evals
import JSON

/// The options of runs that ask live models.
struct LiveOptions: ParsableArguments {
    @Option(
        name: .customLong("max-usd"),
        help: ArgumentHelp(
            "The most that the run may spend; the rest is not run then (exit code 6).", valueName: "usd"))
    var maximumUSD: String?

    @Flag(
        name: .customLong("allow-unpriced"),
        help: "Let models without a known price run under --max-usd and cost gates.")
    var allowUnpriced = false

    @Flag(
        name: .customLong("allow-sensitive"),
        help: "Send prompts and data although secrets or personal data were found in them.")
    var allowSensitive = false

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

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Make a model or provider fail on purpose: a status, timeout, reset or garbage, such as 503@small:0.5; "
                + "repeatable.", valueName: "fault@name[:rate]"))
    var inject: [String] = []

    /// The budget; nil without one.
    var budget: Money? {
        maximumUSD.flatMap { JSONNumber(text: $0) }.flatMap { Money(usd: $0) }
    }

    /// Checks the options.
    func validate() throws {
        if let maximumUSD {
            guard let budget, budget >= .zero else {
                throw ValidationError(
                    "--max-usd is an amount in dollars from 0, such as 2.50, not '\(maximumUSD)'.")
            }
        }
    }

    /// The options that mean nothing in a mode without live models.
    var liveOnly: [String] {
        var found: [String] = []
        if maximumUSD != nil { found.append("--max-usd") }
        if resume != nil { found.append("--resume") }
        if cache != nil { found.append("--cache") }
        if !inject.isEmpty { found.append("--inject") }
        return found
    }
}
