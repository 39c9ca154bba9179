/// Which files of a project have a key: YAML files in a sorted list, packs by their own indexes.
struct ProjectIndex: Sendable {
    /// All files that may be recordings, in order, damaged ones included.
    let files: [String]
    private var keys: [(key: UInt64, path: UInt32)] = []
    private var paths: [String] = []
    private var packs: [Pack] = []

    /// Creates an index without keys.
    init(files: [String]) { self.files = files }

    /// Adds the keys of a YAML file.
    mutating func add(_ recording: Recording, path: String) {
        let number = UInt32(paths.count)
        paths.append(path)
        for exchange in recording.exchanges {
            if let prefix = RequestKey.prefix(of: exchange.requestSHA256) { keys.append((prefix, number)) }
        }
    }

    /// Adds a pack.
    mutating func add(pack: Pack) { packs.append(pack) }

    /// Makes the keys searchable, once all are there.
    mutating func sort() { keys.sort { $0 < $1 } }

    /// The files that may have a key, by path.
    func paths(ofKey prefix: UInt64) -> [String] {
        let start = PackIndex.firstIndex(in: keys.count) { keys[$0].key >= prefix }
        let files = keys[start...].prefix { $0.key == prefix }.map { paths[Int($0.path)] }
        let packed = packs.filter { !$0.index.places(ofKey: prefix).isEmpty }.map(\.path)
        return (files + packed).sorted()
    }
}
