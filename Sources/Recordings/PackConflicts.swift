/// What a line of a pack is about, as a hash: two lines must not be about the same.
struct PackLabel {
    /// The hash.
    let hash: UInt64
    /// The line, from 1.
    let line: UInt32

    /// An exchange of a case, by its unique label.
    init(caseID: String, label: String, line: Int) {
        hash = Self.hash(caseID: caseID, label: label)
        self.line = UInt32(clamping: line)
    }

    /// A shared text.
    init(text name: String, line: Int) {
        hash = Self.hash(text: name)
        self.line = UInt32(clamping: line)
    }

    /// The hash of an exchange.
    static func hash(caseID: String, label: String) -> UInt64 { PackIndex.hash("c\(caseID)\u{0}\(label)") }

    /// The hash of a shared text's name.
    static func hash(text name: String) -> UInt64 { PackIndex.hash("t\(name)") }
}

/// The lines of a pack that contradict each other: none of them counts.
struct PackConflicts: Sendable {
    /// The lines that repeat another, in order, and the line that came first.
    let lines: [(line: Int, first: Int)]
    private var firstLines: [UInt64: UInt32] = [:]

    /// Finds the labels that stand twice.
    init(_ labels: consuming [PackLabel]) {
        var labels = labels
        labels.sort { ($0.hash, $0.line) < ($1.hash, $1.line) }
        var repeated: [(line: Int, first: Int)] = []
        var first = 0
        for index in labels.indices.dropFirst() {
            guard labels[index].hash == labels[first].hash else {
                first = index
                continue
            }
            firstLines[labels[index].hash] = labels[first].line
            repeated.append((Int(labels[index].line), Int(labels[first].line)))
        }
        lines = repeated.sorted { $0 < $1 }
    }

    /// The first of the lines about the same exchange, when there are several.
    func firstLine(caseID: String, exchange: Exchange) -> Int? {
        guard !firstLines.isEmpty else { return nil }
        return firstLines[PackLabel.hash(caseID: caseID, label: exchange.uniqueLabel)].map(Int.init)
    }

    /// The first of the lines that give the same text, when there are several.
    func firstLine(text name: String) -> Int? {
        firstLines.isEmpty ? nil : firstLines[PackLabel.hash(text: name)].map(Int.init)
    }
}
