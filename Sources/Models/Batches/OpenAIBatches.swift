import Diagnostics
import HTTP
import JSON

/// The Batch API of OpenAI and of servers that speak like it: a file of lines goes up, files of lines come back.
struct OpenAIBatches: BatchAPI {
    /// The endpoint of the requests, such as `/v1/chat/completions`.
    let endpoint: String

    /// In the metadata.
    let keepsLabels = true
    /// A line each.
    let separator: [UInt8] = [0x0A]

    /// `{"custom_id", "method", "url", "body"}`.
    func entry(_ customID: String, _ call: APICall) -> [UInt8] {
        JSONWriter.compact.bytes(of: [
            "custom_id": .string(customID), "method": "POST", "url": .string(endpoint), "body": call.body,
        ])
    }

    /// `POST /files` as a form of two fields.
    func upload(_ entries: [UInt8], _ label: BatchLabel) -> PreparedRequest.Draft? {
        // Entries are JSON of one line each, in which no line begins with this.
        let boundary = "evalrun-batch-entries"
        var body: [UInt8] = []
        body.reserveCapacity(entries.count + 512)
        func add(_ text: String) { body += Array(text.utf8) }
        add("--\(boundary)\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n")
        add("--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; ")
        add("filename=\"evalrun-\(label.part).jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n")
        body += entries
        add("\r\n--\(boundary)--\r\n")
        return PreparedRequest.Draft(
            path: "/files", headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"], body: body
        )
    }

    /// `POST /batches`, with the run and the part as metadata.
    func creation(_ entries: [UInt8], file: String?, _ label: BatchLabel) -> PreparedRequest.Draft {
        let body: JSONValue = [
            "input_file_id": .string(file ?? ""), "endpoint": .string(endpoint), "completion_window": "24h",
            "metadata": ["evalrun_run": .string(label.run), "part": .string("\(label.part)")],
        ]
        return PreparedRequest.Draft(path: "/batches", body: JSONWriter.compact.bytes(of: body))
    }

    /// `GET /batches/ID`.
    func status(of id: String) -> PreparedRequest.Draft {
        PreparedRequest.Draft(method: "GET", path: "/batches/\(URLPath.encoded(id))")
    }

    /// The newest first, 100 at a time.
    func list(after id: String?) -> PreparedRequest.Draft {
        let rest = id.map { "&after=\(URLPath.encoded($0))" } ?? ""
        return PreparedRequest.Draft(method: "GET", path: "/batches?limit=100\(rest)")
    }

    /// Reads a batch; one with an unknown status is still at work.
    func status(from json: JSONValue) -> BatchStatus? {
        guard let id = BatchStatus.id(in: json), let word = json["status"]?.string else { return nil }
        let counts = json["request_counts"]
        let (completed, failed) = (counts?["completed"]?.integer ?? 0, counts?["failed"]?.integer ?? 0)
        var status = BatchStatus(
            id: id, phase: Self.phase(word, json["errors"]), done: Self.sum(completed, failed),
            total: counts?["total"]?.integer ?? 0, createdAt: json["created_at"]?.double)
        if let run = json["metadata"]?["evalrun_run"]?.string {
            let part = json["metadata"]?["part"]
            status.label = part.flatMap { $0.integer ?? $0.string.flatMap { Int($0) } }.map {
                BatchLabel(run: run, part: $0)
            }
        }
        status.outputs = ["output_file_id", "error_file_id"].compactMap { json[$0]?.string }.filter {
            !$0.isEmpty
        }
        return status
    }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        left.addingReportingOverflow(right).partialValue
    }

    private static func phase(_ word: String, _ errors: JSONValue?) -> BatchStatus.Phase {
        switch word {
        case "completed", "expired", "cancelled": return .ended(word)
        case "failed":
            let told = (errors?["data"]?.array ?? []).prefix(3).compactMap { error in
                error["message"]?.string.map { text in
                    error["line"]?.integer.map { "\(text) (line \($0))" } ?? text
                }
            }
            return .failed(
                told.isEmpty
                    ? "no reason was given" : TerminalText.excerpt(told.joined(separator: "; "), limit: 500))
        default: return .working
        }
    }

    /// `GET /files/ID/content` for answers and for errors.
    func results(of status: BatchStatus) -> [PreparedRequest.Draft] {
        status.outputs.map {
            PreparedRequest.Draft(method: "GET", path: "/files/\(URLPath.encoded($0))/content")
        }
    }

    /// `{"custom_id", "response": {"status_code", "request_id", "body"}, "error": {"code", "message"}}`.
    func result(from line: JSONValue) -> BatchResult? {
        guard let id = line["custom_id"]?.string else { return nil }
        if let response = line["response"], let body = response["body"], !body.isNull {
            var headers = HeaderFields()
            if let request = response["request_id"]?.string, !request.isEmpty {
                headers.add("x-request-id", request)
            }
            let status = response["status_code"]?.integer ?? 200
            return BatchResult(
                customID: id,
                outcome: .response(
                    APIResponse(
                        status: status, headers: headers, body: JSONWriter.compact.bytes(of: body))))
        }
        let error = line["error"]
        let reason: String =
            switch error?["code"]?.string {
            case "batch_expired": "the batch expired before it was answered"
            case "batch_cancelled": "the batch was cancelled before it was answered"
            default:
                TerminalText.excerpt(
                    error?["message"]?.string ?? "the batch gave neither answer nor reason", limit: 500)
            }
        return BatchResult(customID: id, outcome: .unanswered(reason))
    }
}
