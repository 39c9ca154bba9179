/// "Did you mean": the known name nearest to a misspelt one.
public enum Spelling {
    /// The candidate nearest to `name`, when it is near enough to be meant.
    ///
    /// Near enough: an edit distance (insert, delete, replace, swap of neighbors) of at most a third of the
    /// longer name, case and `-`/`_` ignored.
    public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = folded(name)
        // A long name is no typing mistake, and the distance is quadratic in length.
        guard wanted.count <= 100 else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let known = folded(candidate)
            guard known.count <= 100 else { continue }
            let distance = distance(wanted, known)
            guard distance <= max(1, max(wanted.count, known.count) / 3), distance < max(wanted.count, 2)
            else { continue }
            if best == nil || distance < (best?.distance ?? .max) { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// A hint for an unknown name: the nearest one, or else all of them.
    public static func hint(for name: String, among candidates: [String]) -> String? {
        if let nearest = nearest(to: name, among: candidates) { return "did you mean '\(nearest)'?" }
        guard !candidates.isEmpty else { return nil }
        let shown = candidates.sorted().prefix(40).joined(separator: ", ")
        return "known here: \(shown)\(candidates.count > 40 ? ", …" : "")"
    }

    private static func folded(_ name: String) -> [Unicode.Scalar] {
        name.lowercased().unicodeScalars.map { $0 == "_" ? "-" : $0 }
    }

    /// Optimal string alignment distance (Damerau–Levenshtein with each pair swapped at most once).
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        if left.isEmpty { return right.count }
        if right.isEmpty { return left.count }
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in 1...left.count {
            var current = [row] + [Int](repeating: 0, count: right.count)
            for column in 1...right.count {
                let same = left[row - 1] == right[column - 1]
                current[column] = min(
                    previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1]
                {
                    current[column] = min(current[column], beforePrevious[column - 2] + 1)
                }
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
