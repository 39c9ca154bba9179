import Diagnostics
import JSON

/// Takes the lines of a pack one after the other and notes where what stands.
struct PackIndexer {
    /// The exchanges found.
    private(set) var entries: [PackIndex.Entry] = []
    /// The texts found; `key` is the hash of the name.
    private(set) var texts: [PackIndex.Entry] = []
    /// What is wrong; at most 100 are told.
    private(set) var mistakes: [Diagnostic] = []
    /// What each line is about, to find out what stands twice.
    private var labels: [PackLabel] = []
    private let path: String
    private let parser = JSONParser(rejectsDuplicateKeys: true)
    private var isUnreadable = false

    /// Creates an indexer for a file.
    init(path: String) { self.path = path }

    /// Takes a line; nil stands for one that is too long.
    mutating func add(_ line: [UInt8]?, number: Int, offset: Int) {
        guard !isUnreadable else { return }
        guard let line else { return complain("the line is longer than 16 MiB", number) }
        let json: JSONValue
        do throws(JSONParseError) {
            json = try parser.parse(bytes: line)
        } catch {
            isUnreadable = number == 1
            return complain("the line is not JSON: \(error.message)", number, column: error.column)
        }
        if number == 1 {
            isUnreadable = true
            guard let members = json.object, members["pack"]?.bool == true else {
                return complain("the first line of a pack is {\"evalrun_fixture\":1,\"pack\":true}", number)
            }
            do throws(RecordingMistake) { try Recording.checkVersion(members) } catch {
                return complain(error.message, number)
            }
            isUnreadable = false
            return
        }
        let place = PackPlace(offset: offset, count: line.count)
        if let name = json["text"]?.string {
            guard json["value"] != nil else { return complain("the text has no 'value'", number) }
            texts.append(PackIndex.Entry(key: PackIndex.hash(name), caseHash: 0, place: place))
            labels.append(PackLabel(text: name, line: number))
            return
        }
        guard let caseID = json["case"]?.string, let exchanges = json["exchanges"]?.array, !exchanges.isEmpty
        else { return complain("a line of a pack needs 'case' and 'exchanges'", number) }
        let hash = PackIndex.hash(caseID)
        for exchange in exchanges {
            guard let key = exchange["request_sha256"]?.string, RequestKey.isKey(key),
                let prefix = RequestKey.prefix(of: key)
            else { return complain("'request_sha256' is 64 lower-case hexadecimal digits", number) }
            entries.append(PackIndex.Entry(key: prefix, caseHash: hash, place: place))
            let label = Exchange.uniqueLabel(
                purpose: exchange["for"]?.string ?? "", step: exchange["step"]?.integer ?? 1,
                sample: exchange["sample"]?.integer ?? 1, key: key)
            labels.append(PackLabel(caseID: caseID, label: label, line: number))
        }
    }

    /// Hands the entries over, so that no second copy of them is made.
    mutating func takeEntries() -> [PackIndex.Entry] {
        var taken: [PackIndex.Entry] = []
        swap(&taken, &entries)
        return taken
    }

    /// Finds what stands twice, once all lines are there; each is told in `mistakes`.
    mutating func takeConflicts() -> PackConflicts {
        let conflicts = PackConflicts(labels)
        labels = []
        for (line, first) in conflicts.lines.prefix(100) {
            complain("line \(first) is about the same case, step and sample, or the same text, already", line)
        }
        return conflicts
    }

    private mutating func complain(_ message: String, _ line: Int, column: Int = 0) {
        guard mistakes.count < 100 else { return }
        mistakes.append(
            RecordingFile.diagnostic(message, at: SourceMark(file: path, line: line, column: column)))
    }
}
