import Diagnostics

/// A collection that is being read.
struct YAMLTreeFrame {
    /// What stands for the key that waits for its value.
    enum Key {
        case text(String, SourceMark)
        case merge(SourceMark)
        case unusable
    }

    /// A `<<` and the number of entries before it.
    struct Merge {
        var position: Int
        var value: YAMLNode
    }

    /// Sequence or mapping.
    let isMapping: Bool
    /// Whether it is written with brackets.
    let isFlow: Bool
    /// Where it begins.
    let place: YAMLPlace
    /// Its anchor, if any.
    let anchor: String?
    /// How many nodes were counted before it.
    let nodesBefore: Int
    /// How many bytes of text were counted before it.
    let textBefore: Int
    /// The levels below it.
    var height = 0
    /// The items of a sequence.
    var items: [YAMLNode] = []
    /// The entries of a mapping.
    var entries: [YAMLEntry] = []
    /// The key read last.
    var key: Key?
    /// What is merged into the mapping.
    var merges: [Merge] = []
    private var index: [ExactText: SourceMark] = [:]

    /// Begins a collection.
    init(
        isMapping: Bool, isFlow: Bool, place: YAMLPlace, anchor: String?, nodesBefore: Int, textBefore: Int
    ) {
        self.isMapping = isMapping
        self.isFlow = isFlow
        self.place = place
        self.anchor = anchor
        self.nodesBefore = nodesBefore
        self.textBefore = textBefore
    }

    /// Adds an entry; gives the place of the first when the key is there already.
    mutating func add(_ entry: YAMLEntry) -> SourceMark? {
        // Small mappings are searched; a table pays off only for larger ones.
        if entries.count < 8 {
            if let first = entries.first(where: { $0.keyText.utf8.elementsEqual(entry.keyText.utf8) }) {
                return first.keyMark
            }
        } else {
            if index.isEmpty {
                for entry in entries { index[ExactText(entry.keyText)] = entry.keyMark }
            }
            if let first = index.updateValue(entry.keyMark, forKey: ExactText(entry.keyText)) {
                index[ExactText(entry.keyText)] = first
                return first
            }
        }
        entries.append(entry)
        return nil
    }

    /// The entries with the merged ones at the place of their `<<`; explicit keys win, then earlier merges.
    func mergedEntries() -> [YAMLEntry] {
        guard !merges.isEmpty else { return entries }
        var taken = Set(entries.map { ExactText($0.keyText) })
        var result: [YAMLEntry] = []
        var position = 0
        for merge in merges {
            result += entries[position..<merge.position]
            position = merge.position
            for source in merge.value.items ?? [merge.value] {
                for entry in source.entries ?? [] where taken.insert(ExactText(entry.keyText)).inserted {
                    result.append(entry)
                }
            }
        }
        return result + entries[position...]
    }
}
