import HTTP
import JSON

/// How a provider takes many requests at once for half the price, as pure functions: what is sent, and what comes back.
protocol BatchAPI: Sendable {
    /// True when a batch tells of which run and part it is: `BatchStatus.label`.
    var keepsLabels: Bool { get }
    /// What stands between two entries.
    var separator: [UInt8] { get }

    /// One request of a batch.
    func entry(_ customID: String, _ call: APICall) -> [UInt8]

    /// The upload of the entries before the batch is created; nil where they are sent with the creation.
    func upload(_ entries: [UInt8], _ label: BatchLabel) -> PreparedRequest.Draft?

    /// The creation of a batch from entries, or from the file that they were uploaded as.
    func creation(_ entries: [UInt8], file: String?, _ label: BatchLabel) -> PreparedRequest.Draft

    /// Asks how far a batch is.
    func status(of id: String) -> PreparedRequest.Draft

    /// What the provider says of a batch, as an answer to its creation, to the question how far it is, and in lists.
    func status(from json: JSONValue) -> BatchStatus?

    /// Asks for the newest batches of the account, or for those that follow one in the list.
    func list(after id: String?) -> PreparedRequest.Draft

    /// Asks for the results of a batch that has ended, one request for each file of results.
    func results(of status: BatchStatus) -> [PreparedRequest.Draft]

    /// What one line of the results says; nil when it can't be read.
    func result(from line: JSONValue) -> BatchResult?
}

extension BatchAPI {
    /// The id of an uploaded file.
    func fileID(from json: JSONValue) -> String? { json["id"]?.string }

    /// The batches of a page of the list, and the id after which the next one begins; nil after the last page.
    func page(from json: JSONValue) -> (batches: [BatchStatus], next: String?) {
        let batches = (json["data"]?.array ?? []).compactMap { status(from: $0) }
        let last = json["last_id"]?.string ?? batches.last?.id
        return (batches, json["has_more"]?.bool == true ? last : nil)
    }
}

/// Which batch of which run.
struct BatchLabel: Sendable, Hashable {
    /// The run's id.
    var run: String
    /// The number of the batch in the run, from 1.
    var part: Int
}

/// What a provider says of a batch.
struct BatchStatus: Sendable, Hashable {
    /// How far it is.
    enum Phase: Sendable, Hashable {
        /// At work.
        case working
        /// Over: there are results, though perhaps not of every request.
        case ended(String)
        /// Not taken at all, for the reason given.
        case failed(String)
    }

    /// The provider's id.
    var id: String
    /// How far it is.
    var phase: Phase
    /// Requests that are done, whatever came of them.
    var done = 0
    /// All requests; 0 while that is not known.
    var total = 0
    /// When it was created, in Unix seconds.
    var createdAt: Double?
    /// Whose it is, where the provider keeps such notes.
    var label: BatchLabel?
    /// The files of its results, or their address.
    var outputs: [String] = []

    /// The id in an object; nil when there is none, or one that no provider gives.
    static func id(in json: JSONValue) -> String? {
        json["id"]?.string.flatMap { $0.isEmpty || $0.utf8.count > 200 ? nil : $0 }
    }
}

/// What came of one request of a batch.
struct BatchResult: Sendable {
    /// What came of it.
    enum Outcome: Sendable {
        /// The API's response, as if it had been asked directly.
        case response(APIResponse)
        /// It was not answered, for the reason given.
        case unanswered(String)
    }

    /// The id under which the request was sent.
    var customID: String
    /// What came of it.
    var outcome: Outcome
}
