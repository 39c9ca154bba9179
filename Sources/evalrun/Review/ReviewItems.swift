import Diagnostics
import Files
import JSON
import Reviews

/// Items by id, kept on disk until they are written.
struct ReviewItems {
    /// Where each item is, by id.
    private(set) var places: [String: Spool.Range] = [:]
    private let spool = Spool()

    /// Adds an item; false when the same is there already.
    mutating func add(_ item: ReviewItem) -> Bool {
        let id = item.id
        guard places[id] == nil else { return false }
        places[id] = spool.append(JSONWriter.compact.bytes(of: item.json))
        return true
    }

    /// The item with an id; nil when there is none.
    func item(_ id: String) throws(DiagnosticError) -> ReviewItem? {
        guard let place = places[id] else { return nil }
        guard let bytes = try? spool.read(place), let json = try? JSONParser().parse(bytes: bytes),
            let item = ReviewItem(json: json)
        else {
            throw DiagnosticError(
                Diagnostic("file-error", "a temporary file can't be read again", hint: "run again"))
        }
        return item
    }
}
