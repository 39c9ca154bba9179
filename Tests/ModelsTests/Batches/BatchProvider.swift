import HTTP
import JSON
import Models
import Synchronization

/// A provider of batches in memory, which speaks like OpenAI and like Anthropic.
final class BatchProvider: HTTPTransport {
    /// One batch.
    struct Batch {
        /// The provider's id.
        var id: String
        /// The entries as they were sent.
        var entries: [JSONValue]
        /// The metadata; null for Anthropic.
        var metadata: JSONValue
        /// True for Anthropic's shape.
        var isAnthropic: Bool
        /// How often it was asked for.
        var asked = 0

        /// The ids of its requests.
        var customIDs: [String] { entries.compactMap { $0["custom_id"]?.string } }
        /// The text of the first message of each request.
        var texts: [String] {
            entries.compactMap { ($0["body"] ?? $0["params"])?["messages"]?[0]?["content"]?.string }
        }
    }

    /// What happens to a request before the provider sees it, after, or instead.
    enum Trouble {
        /// The provider never sees it.
        case lost(HTTPError.Kind)
        /// The provider does it, and the answer is lost.
        case unheard(HTTPError.Kind)
        /// The provider answers this instead.
        case answered(Int, String)
    }

    private struct State {
        var batches: [Batch] = []
        var files: [String: [UInt8]] = [:]
        var requests: [HTTPRequest] = []
        var trouble: [(String, Trouble)] = []
    }

    private let state = Mutex(State())
    /// The statuses that an OpenAI batch goes through, each time it is asked for; it is created with the first.
    let phases: [String]
    /// The lines of the results of a batch, by the ids of its requests.
    let results: @Sendable (Batch) -> [String]
    /// When its batches were created, as it says it.
    let createdAt: JSONValue?

    init(
        phases: [String] = ["completed"], createdAt: JSONValue? = nil,
        results: @escaping @Sendable (Batch) -> [String] = { $0.entries.map { BatchProvider.answer($0) } }
    ) {
        self.phases = phases
        self.createdAt = createdAt
        self.results = results
    }

    /// The batches that were created.
    var batches: [Batch] { state.withLock { $0.batches } }
    /// All requests.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    /// All requests as `METHOD path`.
    var calls: [String] { requests.map { "\($0.method) \(Self.path($0))" } }

    /// Lets the next request whose method and path begin like this go wrong; several for the same one in turn.
    func next(_ call: String, _ trouble: Trouble...) {
        state.withLock { $0.trouble += trouble.map { (call, $0) } }
    }

    /// Lets nothing more go wrong.
    func dropTrouble() { state.withLock { $0.trouble = [] } }

    /// The line of a good answer that repeats the question in capitals.
    static func answer(_ entry: JSONValue) -> String {
        let id = entry["custom_id"]?.string ?? ""
        let text = ((entry["body"] ?? entry["params"])?["messages"]?[0]?["content"]?.string ?? "")
            .uppercased()
        if entry["params"] != nil {
            return
                #"{"custom_id":"\#(id)","result":{"type":"succeeded","message":{"id":"msg_1","model":"claude","content":[{"type":"text","text":"\#(text)"}],"stop_reason":"end_turn","usage":{"input_tokens":100,"output_tokens":10,"service_tier":"batch"}}}}"#
        }
        return
            #"{"id":"batch_req_1","custom_id":"\#(id)","response":{"status_code":200,"request_id":"req_7","body":{"id":"chatcmpl-1","model":"gpt","choices":[{"message":{"content":"\#(text)"},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":10},"service_tier":"default"}},"error":null}"#
    }

    private static func path(_ request: HTTPRequest) -> String {
        String(
            request.url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)[2].drop {
                $0 != "/"
            })
    }

    func send(
        _ request: HTTPRequest, receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
    ) async throws(HTTPError) -> HTTPResponse {
        if Task.isCancelled { throw HTTPError(.cancelled, "cancelled") }
        let call = "\(request.method) \(Self.path(request))"
        let trouble = state.withLock { state -> Trouble? in
            state.requests.append(request)
            guard let index = state.trouble.firstIndex(where: { call.hasPrefix($0.0) }) else { return nil }
            return state.trouble.remove(at: index).1
        }
        switch trouble {
        case .lost(let kind): throw HTTPError(kind, "lost")
        case .unheard(let kind):
            _ = response(to: call, request)
            throw HTTPError(kind, "unheard")
        case .answered(let status, let body): return HTTPResponse(status: status, body: Array(body.utf8))
        case nil: return response(to: call, request)
        }
    }

    private func response(to call: String, _ request: HTTPRequest) -> HTTPResponse {
        let words = call.split(separator: "/").map(String.init)
        func json(_ value: JSONValue) -> HTTPResponse {
            HTTPResponse(status: 200, body: JSONWriter.compact.bytes(of: value))
        }
        return state.withLock { state in
            switch (request.method, words.dropFirst().first, words.count) {
            case ("POST", "v1", _) where call.hasSuffix("/files"):
                let id = "file-\(state.files.count + 1)"
                state.files[id] = request.body
                return json(["id": .string(id)])
            case ("POST", "v1", _):
                let isAnthropic = call.contains("/messages/")
                let body = (try? JSONParser().parse(bytes: request.body)) ?? .null
                var entries = body["requests"]?.array ?? []
                if let file = body["input_file_id"]?.string {
                    entries = Self.entries(state.files[file] ?? [])
                }
                let batch = Batch(
                    id: (isAnthropic ? "msgbatch_" : "batch_") + "\(state.batches.count + 1)",
                    entries: entries, metadata: body["metadata"] ?? .null, isAnthropic: isAnthropic)
                state.batches.append(batch)
                return json(self.json(batch))
            case ("GET", "v1", _) where call.contains("/content"):
                let batch = state.batches.first { call.contains("out-\($0.id)/") }
                return HTTPResponse(
                    status: 200,
                    body: Array((batch.map(results) ?? []).joined(separator: "\n").utf8))
            case ("GET", "v1", _) where call.hasSuffix("/results"):
                let batch = state.batches.first { call.contains("/\($0.id)/") }
                return HTTPResponse(
                    status: 200,
                    body: Array(((batch.map(results) ?? []).joined(separator: "\n") + "\n").utf8))
            case ("GET", "v1", _) where call.contains("batches?"):
                let list = state.batches.reversed().map { self.json($0) }
                return json(["data": .array(list), "has_more": false])
            default:
                guard let index = state.batches.firstIndex(where: { call.hasSuffix("/\($0.id)") }) else {
                    return HTTPResponse(
                        status: 404, body: Array(#"{"error":{"message":"No such batch"}}"#.utf8))
                }
                state.batches[index].asked += 1
                return json(self.json(state.batches[index]))
            }
        }
    }

    private static func entries(_ form: [UInt8]) -> [JSONValue] {
        String(decoding: form, as: UTF8.self).split(whereSeparator: \.isNewline).filter { $0.hasPrefix("{") }
            .compactMap { try? JSONParser().parse(String($0)) }
    }

    private func json(_ batch: Batch) -> JSONValue {
        let phase = phases[min(batch.asked, phases.count - 1)]
        let total = batch.entries.count
        // As many as it has results of.
        let finished = results(batch).count { !$0.isEmpty }
        if batch.isAnthropic {
            let isOver = phase == "ended"
            return [
                "id": .string(batch.id), "processing_status": .string(phase),
                "created_at": createdAt ?? "1970-01-01T00:16:40Z",
                "request_counts": [
                    "processing": .integer(isOver ? 0 : total), "succeeded": .integer(isOver ? finished : 0),
                    "errored": 0, "canceled": 0, "expired": 0,
                ],
                "results_url": .string("https://api.anthropic.com/v1/messages/batches/\(batch.id)/results"),
            ]
        }
        let hasOutput = ["completed", "expired", "cancelled"].contains(phase)
        return [
            "id": .string(batch.id), "status": .string(phase), "created_at": createdAt ?? 1000,
            "request_counts": [
                "total": .integer(total), "completed": .integer(hasOutput ? finished : 0), "failed": 0,
            ],
            "metadata": batch.metadata,
            "output_file_id": hasOutput ? .string("out-\(batch.id)") : .null, "error_file_id": .null,
            "errors": phase == "failed"
                ? ["data": [["code": "invalid", "message": "Line 1 has no body", "line": 1]]] : .null,
        ]
    }
}
