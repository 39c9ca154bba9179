import ArgumentParser
import Evals
import JSON

/// The options that bound what calls may cost, and what they may send.
struct SpendingOptions: ParsableArguments {
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
}
