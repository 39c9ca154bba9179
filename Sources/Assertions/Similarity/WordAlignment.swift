import Stemming

/// Which words of an answer belong to which words of a reference.
///
/// As NLTK aligns them: from the last word to the first, each to the last free word of the reference that is the
/// same; then what is left over in the same way by stems. Time is linear in both texts.
struct WordAlignment {
    /// The places of words that belong together, in the order of the answer.
    private(set) var pairs: [(answer: Int, reference: Int)] = []
    private let answerCount: Int
    private let referenceCount: Int

    /// Aligns words in lower case.
    init(of answer: [String], with reference: [String]) throws(StemmerError) {
        answerCount = answer.count
        referenceCount = reference.count
        let exact = Self.match(Array(answer.enumerated()), Array(reference.enumerated()))
        var stemmer = try Stemmer(.porter)
        let answerStems = try Self.stems(of: exact.answer, &stemmer)
        let referenceStems = try Self.stems(of: exact.reference, &stemmer)
        pairs = (exact.pairs + Self.match(answerStems, referenceStems).pairs).sorted { $0.answer < $1.answer }
    }

    private typealias Place = (offset: Int, element: String)

    private static func match(
        _ answer: [Place], _ reference: [Place]
    ) -> (pairs: [(answer: Int, reference: Int)], answer: [Place], reference: [Place]) {
        var free: [String: [Int]] = [:]
        for (offset, word) in reference { free[word, default: []].append(offset) }
        var pairs: [(answer: Int, reference: Int)] = []
        var rest: [Place] = []
        var taken: Set<Int> = []
        for place in answer.reversed() {
            if let last = free[place.element]?.popLast() {
                pairs.append((place.offset, last))
                taken.insert(last)
            } else {
                rest.append(place)
            }
        }
        return (pairs, rest.reversed(), reference.filter { !taken.contains($0.offset) })
    }

    private static func stems(
        of places: [Place], _ stemmer: inout Stemmer
    ) throws(StemmerError) -> [Place] {
        var stems: [Place] = []
        stems.reserveCapacity(places.count)
        for place in places { stems.append((place.offset, try stemmer.stem(of: place.element))) }
        return stems
    }

    /// The number of runs of pairs that stand next to each other in both texts.
    var chunks: Int {
        guard !pairs.isEmpty else { return 0 }
        return zip(pairs, pairs.dropFirst()).reduce(1) { count, step in
            let isNext =
                step.1.answer == step.0.answer + 1 && step.1.reference == step.0.reference + 1
            return isNext ? count : count + 1
        }
    }

    /// The score with the parameters of Lavie and Agarwal, as NLTK has them; 0 without any pair.
    var meteor: Double {
        guard !pairs.isEmpty else { return 0 }
        let (alpha, gamma) = (0.9, 0.5)
        let matches = Double(pairs.count)
        let precision = matches / Double(answerCount)
        let recall = matches / Double(referenceCount)
        let mean = precision * recall / (alpha * precision + (1 - alpha) * recall)
        let fragmentation = Double(chunks) / matches
        return (1 - gamma * fragmentation * fragmentation * fragmentation) * mean
    }
}
