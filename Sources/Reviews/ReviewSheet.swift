import Files
import JSON

/// What is known of a sheet before its items: of which results it was made, and what stands in it in which order.
public struct ReviewSheet: Sendable, Hashable {
    /// The version of sheets and of the labels that the page saves.
    public static let version = 1

    /// The hash of the results.
    public let results: String
    /// The text that shuffled the items.
    public let seed: String
    /// The ids of the items, shuffled.
    public let ids: [String]

    /// Shuffles items by a stable hash, and takes the first of them.
    ///
    /// The same seed gives the same order, and a smaller sample is the beginning of a larger one.
    public init(results: String, seed: String, ids: some Sequence<String>, sample: ReviewSample = .all) {
        self.results = results
        self.seed = seed
        let shuffled = Set(ids).map { (id: $0, place: Self.place(of: $0, seed: seed)) }
            .sorted { ($0.place, $0.id) < ($1.place, $1.id) }
        self.ids = shuffled.prefix(sample.count(of: shuffled.count)).map(\.id)
    }

    /// The name of the sheet: the same for the same items in the same order.
    public var hash: String {
        ContentHash.sha256Hex(Array(([results, seed] + ids).joined(separator: "\n").utf8))
    }

    private static func place(of id: String, seed: String) -> String {
        ContentHash.sha256Hex(CanonicalJSON.bytes(of: [.string(seed), .string(id)]))
    }
}
