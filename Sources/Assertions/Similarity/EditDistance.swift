/// The distance of Levenshtein between a text and many answers, in Unicode scalars: how many must be inserted, deleted
/// or replaced.
///
/// Works along diagonals (Ukkonen 1985): for each number of edits it keeps how far each diagonal reaches. Time is
/// linear in the shorter text and quadratic in the limit at most; memory grows with the limit.
struct EditDistance: Sendable {
    /// What is known of a distance.
    enum Outcome: Sendable, Hashable {
        /// The distance, not above the limit.
        case edits(Int)
        /// The distance is above the limit.
        case more
        /// Not above the limit for sure, but it would take too long to say how many.
        case within
        /// It would take too long to tell.
        case tooLong
    }

    /// The most steps of one comparison: a second or two.
    static let mostSteps = 400_000_000

    private let text: [Unicode.Scalar]
    private let mostSteps: Int

    /// Prepares a text.
    init(_ text: String, mostSteps: Int = Self.mostSteps) {
        self.text = Array(text.unicodeScalars)
        self.mostSteps = mostSteps
    }

    /// Compares an answer; reads no more of it than could be within `limit` edits.
    func outcome(for answer: String, limit: Int) -> Outcome {
        var scalars: [Unicode.Scalar] = []
        let (longest, overflow) = text.count.addingReportingOverflow(limit)
        for scalar in answer.unicodeScalars {
            scalars.append(scalar)
            if !overflow, scalars.count > longest { return .more }
        }
        let difference = abs(scalars.count - text.count)
        if difference > limit { return .more }
        let most = max(scalars.count, text.count)
        return text.withUnsafeBufferPointer { text in
            scalars.withUnsafeBufferPointer { scalars in
                let edits = edits(text, scalars, limit: min(limit, most))
                if case .tooLong = edits, limit >= most { return .within }
                return edits
            }
        }
    }

    private func edits(
        _ left: UnsafeBufferPointer<Unicode.Scalar>, _ right: UnsafeBufferPointer<Unicode.Scalar>, limit: Int
    ) -> Outcome {
        // `reach[k]` is how far into `left` the diagonal `k - offset` (place in right minus place in left) gets.
        let goal = right.count - left.count
        let unreached = -2
        var steps = 0
        // Diagonals further out than this can't get back to the goal within the limit.
        let lowest = -(limit - goal) / 2 - 1
        let highest = (limit + goal) / 2 + 1
        let offset = 1 - lowest
        var reach = [Int](repeating: unreached, count: highest + offset + 2)
        var next = reach
        for edits in 0...limit {
            let from = max(-edits, lowest)
            let to = min(edits, highest)
            guard from <= to else { return .more }
            for diagonal in from...to {
                let index = diagonal + offset
                var place = edits == 0 ? 0 : max(reach[index - 1], reach[index] + 1, reach[index + 1] + 1)
                guard place >= 0, place >= -diagonal else {
                    next[index] = unreached
                    continue
                }
                place = min(place, left.count, right.count - diagonal)
                let start = place
                while place < left.count, place + diagonal < right.count,
                    left[place] == right[place + diagonal]
                {
                    place += 1
                }
                steps += place - start + 1
                if diagonal == goal, place >= left.count { return .edits(edits) }
                next[index] = place
            }
            guard steps <= mostSteps else { return .tooLong }
            swap(&reach, &next)
        }
        return .more
    }
}
