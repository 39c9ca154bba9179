import JSON

/// What the files of results of a batch say, line by line.
struct BatchReading: Sendable {
    /// The files as they came.
    let files: [[UInt8]]
    /// Where the results of the part's own requests are: the index of the file, and the line in it.
    private(set) var found: [String: (file: Int, range: Range<Int>)] = [:]
    /// Ids of results that are not the part's own.
    private var others: Set<String> = []
    /// Lines that are no results.
    private(set) var unreadable = 0

    /// Results of requests that are not the part's own.
    var unknown: Int { others.count }

    /// Reads files; of two results with the same id the first counts.
    ///
    /// - Parameter own: The ids of the part's requests.
    init(_ files: [[UInt8]], own: Set<String>, by api: any BatchAPI) {
        self.files = files
        for (number, bytes) in files.enumerated() {
            var start = 0
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
                defer { start = end + 1 }
                let line = bytes[start..<end]
                guard line.contains(where: { $0 > 0x20 }) else { continue }
                guard let json = JSONValue(batchBody: Array(line)), let result = api.result(from: json) else {
                    unreadable += 1
                    continue
                }
                if !own.contains(result.customID) {
                    others.insert(result.customID)
                } else if found[result.customID] == nil {
                    found[result.customID] = (number, start..<end)
                }
            }
        }
    }

    /// True when there is nothing more to be had from the files than this.
    ///
    /// A line that is no result, and fewer results than the provider has finished requests, are signs of a page of a
    /// gateway or of a file that was cut: the answers are there, and paid. Where all requests have a result, such signs
    /// do not matter.
    ///
    /// - Parameters:
    ///   - finished: Requests that the provider calls finished, whatever came of them.
    ///   - requests: The part's requests.
    func isWhole(finished: Int, requests: Int) -> Bool {
        found.count >= requests || (unreadable == 0 && found.count + unknown >= finished)
    }
}
