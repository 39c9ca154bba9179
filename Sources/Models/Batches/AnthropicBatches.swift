import HTTP
import JSON

/// Anthropic's Message Batches: all requests in one body, a stream of lines comes back.
struct AnthropicBatches: BatchAPI {
    private static let headers: HeaderFields = ["anthropic-version": "2023-06-01"]

    /// There is no place for them.
    let keepsLabels = false
    /// Members of a JSON list.
    let separator: [UInt8] = [0x2C]

    /// `{"custom_id", "params"}`.
    func entry(_ customID: String, _ call: APICall) -> [UInt8] {
        JSONWriter.compact.bytes(of: ["custom_id": .string(customID), "params": call.body])
    }

    /// Nothing is uploaded.
    func upload(_ entries: [UInt8], _ label: BatchLabel) -> PreparedRequest.Draft? { nil }

    /// `POST /messages/batches`; there is no place for a label.
    func creation(_ entries: [UInt8], file: String?, _ label: BatchLabel) -> PreparedRequest.Draft {
        PreparedRequest.Draft(
            path: "/messages/batches", headers: Self.headers,
            body: Array(#"{"requests":["#.utf8) + entries + Array("]}".utf8))
    }

    /// `GET /messages/batches/ID`.
    func status(of id: String) -> PreparedRequest.Draft {
        PreparedRequest.Draft(
            method: "GET", path: "/messages/batches/\(URLPath.encoded(id))", headers: Self.headers)
    }

    /// The newest first, 100 at a time.
    func list(after id: String?) -> PreparedRequest.Draft {
        let rest = id.map { "&after_id=\(URLPath.encoded($0))" } ?? ""
        return PreparedRequest.Draft(
            method: "GET", path: "/messages/batches?limit=100\(rest)", headers: Self.headers)
    }

    /// Reads a batch; one with an unknown status is still at work.
    func status(from json: JSONValue) -> BatchStatus? {
        guard let id = BatchStatus.id(in: json), let word = json["processing_status"]?.string else {
            return nil
        }
        func count(_ name: String) -> Int { TokenCount.sum(json["request_counts"]?[name]) }
        let done = count("succeeded") + count("errored") + count("canceled") + count("expired")
        var status = BatchStatus(
            id: id, phase: word == "ended" ? .ended(word) : .working, done: done,
            total: done + count("processing"),
            createdAt: json["created_at"]?.string.flatMap { InternetDate.unixSeconds($0) })
        status.outputs = [json["results_url"]?.string].compactMap(\.self)
        return status
    }

    /// The address that the batch names, where it is at the provider's own host, else `/messages/batches/ID/results`.
    func results(of status: BatchStatus) -> [PreparedRequest.Draft] {
        [
            PreparedRequest.Draft(
                method: "GET", path: "/messages/batches/\(URLPath.encoded(status.id))/results",
                address: status.outputs.first, headers: Self.headers)
        ]
    }

    /// `{"custom_id", "result": {"type", "message" or "error"}}`.
    func result(from line: JSONValue) -> BatchResult? {
        guard let id = line["custom_id"]?.string, let result = line["result"] else { return nil }
        func response(_ body: JSONValue) -> BatchResult.Outcome {
            .response(APIResponse(status: 200, body: JSONWriter.compact.bytes(of: body)))
        }
        let outcome: BatchResult.Outcome =
            switch result["type"]?.string {
            case "succeeded": response(result["message"] ?? .null)
            // A body that tells an error; its type says what kind, since there is no status.
            case "errored": response(result["error"] ?? ["error": .null])
            case "canceled": .unanswered("the batch was canceled before it was answered")
            case "expired": .unanswered("the batch expired before it was answered")
            default: .unanswered("the batch gave neither answer nor reason")
            }
        return BatchResult(customID: id, outcome: outcome)
    }
}
