/// A compact index of a pack: 16 bytes an exchange, 4 more once cases are asked for.
struct PackIndex: Sendable {
    /// One exchange.
    struct Entry: Sendable {
        /// The first 4 bytes of the key; what it finds is compared in full afterwards.
        var key: UInt32
        /// The upper half of a hash of the case's id.
        var caseHash: UInt32
        /// The line it stands in.
        var place: PackPlace

        /// Keeps the upper halves of a key's first 8 bytes and of a hash.
        init(key: UInt64, caseHash: UInt64, place: PackPlace) {
            self.key = Self.half(key)
            self.caseHash = Self.half(caseHash)
            self.place = place
        }

        /// The upper half of a number.
        static func half(_ number: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: number >> 32) }
    }

    /// The entries by key.
    private(set) var entries: [Entry]

    /// Sorts the entries.
    init(_ entries: consuming [Entry]) {
        self.entries = entries
        self.entries.sort { ($0.key, $0.place.offset) < ($1.key, $1.place.offset) }
    }

    /// The lines that may have a key.
    func places(ofKey prefix: UInt64) -> [Entry] {
        let wanted = Entry.half(prefix)
        let start = Self.firstIndex(in: entries.count) { entries[$0].key >= wanted }
        return Array(entries[start...].prefix { $0.key == wanted })
    }

    /// The positions of the entries by case.
    func orderByCase() -> [UInt32] {
        (0..<UInt32(entries.count)).sorted {
            let (left, right) = (entries[Int($0)], entries[Int($1)])
            return (left.caseHash, left.place.offset) < (right.caseHash, right.place.offset)
        }
    }

    /// The lines that may belong to a case, each once, in an order made by `orderByCase`.
    func places(ofCase hash: UInt64, order: [UInt32]) -> [PackPlace] {
        let wanted = Entry.half(hash)
        let start = Self.firstIndex(in: order.count) { entries[Int(order[$0])].caseHash >= wanted }
        var places: [PackPlace] = []
        for position in order[start...] {
            let entry = entries[Int(position)]
            guard entry.caseHash == wanted else { break }
            if places.last != entry.place { places.append(entry.place) }
        }
        return places
    }

    /// A 64-bit hash of a text (FNV-1a); what it finds is compared in full afterwards.
    static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }

    /// The first index at which a condition holds that stays true once it is.
    static func firstIndex(in count: Int, where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
