/// Puts the exchanges of a run beside those that are recorded already.
struct ExchangeMerge: Sendable {
    /// Keys of what judges and the like asked for in this run; nil when it was cut short, and nothing follows from them.
    var requested: Set<UInt64>?

    /// The recorded exchanges that stay beside the new ones.
    func kept(_ old: [Exchange], beside new: [Exchange]) -> [Exchange] {
        old.filter { old in !new.contains { $0.replaces(old) || isOutdated(old, by: $0) } }
    }

    /// The new exchanges, each once: of two with the same label or key the later one.
    func latest(_ new: [Exchange]) -> [Exchange] {
        var seen: Set<String> = []
        return Array(new.reversed().filter { seen.insert($0.uniqueLabel).inserted }.reversed())
    }

    /// The new exchanges, marked where they say something else than recorded ones with their request.
    func marked(_ new: [Exchange], beside old: [Exchange]) -> [Exchange] { new.map { $0.replacing(old) } }

    /// How many marked exchanges have one more mark than the recorded ones with their request.
    func rerolls(_ marked: [Exchange], beside old: [Exchange]) -> Int {
        marked.count { new in
            let before = old.filter { $0.requestSHA256 == new.requestSHA256 }
            return !before.isEmpty && new.rerolled > before.reduce(0) { $0 + $1.rerolled }
        }
    }

    private func isOutdated(_ old: Exchange, by new: Exchange) -> Bool {
        guard let requested, old.purpose != "answer", new.hasLabel(of: old) else { return false }
        return RequestKey.prefix(of: old.requestSHA256).map { !requested.contains($0) } ?? false
    }
}
