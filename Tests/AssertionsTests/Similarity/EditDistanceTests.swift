import Testing

@testable import Assertions

@Suite("Distances of Levenshtein")
struct EditDistanceTests {
    /// The textbook's table.
    private static func reference(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        var row = Array(0...right.count)
        for (index, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let cost = diagonal + (scalar == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(cost, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }

    @Test("are the textbook's for all short texts and limits")
    func table() {
        var texts = [""]
        for length in 1...5 {
            for number in 0..<(1 << length) {
                texts.append(String((0..<length).map { number >> $0 & 1 == 0 ? "a" : "b" }))
            }
        }
        for left in texts {
            let distance = EditDistance(left)
            for right in texts {
                let edits = Self.reference(left, right)
                for limit in 0...6 {
                    let wanted: EditDistance.Outcome = edits <= limit ? .edits(edits) : .more
                    #expect(distance.outcome(for: right, limit: limit) == wanted, "\(left) \(right) \(limit)")
                }
            }
        }
    }

    @Test("of a huge answer are known early")
    func huge() {
        let answer = String(repeating: "a", count: 500_000)
        #expect(EditDistance("abc").outcome(for: answer, limit: 5) == .more)
        #expect(EditDistance(answer).outcome(for: answer + "b", limit: 5) == .edits(1))
    }

    @Test("that would take too long are not guessed")
    func tooLong() {
        let left = String(repeating: "ab", count: 500)
        let right = String(repeating: "cd", count: 500)
        #expect(EditDistance(left).outcome(for: right, limit: 900) == .more)
        #expect(EditDistance(left).outcome(for: right, limit: 1000) == .edits(1000))
        #expect(EditDistance(left, mostSteps: 5000).outcome(for: right, limit: 900) == .tooLong)
        #expect(EditDistance(left, mostSteps: 5000).outcome(for: right, limit: 1000) == .within)
    }
}
