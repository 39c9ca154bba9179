import Evals

/// Which executions are run again, by address.
struct ExecutionSelection: Sendable {
    private struct Unit: Hashable, Sendable {
        var suite: String
        var caseID: String
        var prompt: String
        var model: String
    }

    private var samples: [Unit: Set<Int>] = [:]

    /// Selects some executions.
    init(_ addresses: Set<ExecutionAddress>) {
        for address in addresses {
            samples[Self.unit(of: address), default: []].insert(address.sample)
        }
    }

    /// The samples of a case on a prompt and model that are run, in order; empty: none.
    ///
    /// Where several samples decide together (`pass: k`), one that is selected brings all of them along: some of the
    /// samples alone could neither pass nor fail.
    func samples(suite: String, caseID: String, prompt: String, model: String, of repetition: Repetition)
        -> [Int]
    {
        let unit = Unit(suite: suite, caseID: caseID, prompt: prompt, model: model)
        guard let wanted = samples[unit] else { return [] }
        let found = wanted.filter { (1...max(1, repetition.samples)).contains($0) }.sorted()
        guard repetition.pass != nil, !found.isEmpty else { return found }
        return Array(1...max(1, repetition.samples))
    }

    private static func unit(of address: ExecutionAddress) -> Unit {
        Unit(
            suite: address.suite, caseID: address.caseID, prompt: address.prompt, model: address.model)
    }
}
