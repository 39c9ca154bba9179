import Files

/// The lists of assertions that `use:` names, each read once for each depth it is used at.
///
/// Without this, ten files that use each other six times would be read sixty million times.
final class AssertionSets {
    /// Where a list is used.
    struct Use: Hashable {
        /// The file.
        var path: ProjectPath
        /// How many lists it is nested in.
        var depth: Int
    }

    /// What a list came to.
    struct Reading {
        /// Its assertions.
        var assertions: [AssertionTemplate]
        /// True when it has mistakes, which are reported already.
        var isBroken: Bool
    }

    /// The most assertions of one list, those inside others and those it uses included.
    static let largest = 10_000

    /// What was read so far.
    var readings: [Use: Reading] = [:]
}

extension AssertionTemplate {
    /// The number of assertions it stands for: itself and all inside it.
    var size: Int { inner.reduce(1) { $0 + $1.size } }
}
