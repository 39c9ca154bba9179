import JSON
import StubServer
import Synchronization

/// A server on this machine that takes batches as OpenAI and Anthropic do.
final class BatchServer: Sendable {
    /// What has come.
    struct State {
        /// Uploaded files.
        var files: [String] = []
        /// The entries of each batch.
        var batches: [[JSONValue]] = []
        /// The metadata of each batch.
        var metadata: [JSONValue] = []
        /// True once batches are over.
        var isOver = true
        /// True when creations of batches are done and never answered.
        var isMute = false
    }

    private let server: Mutex<StubServer?> = Mutex(nil)
    private let state = Mutex(State())
    /// The line of results for an entry; nil for none.
    private let line: @Sendable (JSONValue) -> String?
    /// Called for each request, before it is answered.
    private let heard: @Sendable (StubRequest) -> Void
    /// What is said in a call of its own; nil: as in a batch.
    private let verdict: @Sendable (StubRequest) -> String?

    /// Starts the server.
    init(
        heard: @escaping @Sendable (StubRequest) -> Void = { _ in },
        verdict: @escaping @Sendable (StubRequest) -> String? = { _ in nil },
        line: @escaping @Sendable (JSONValue) -> String? = { BatchServer.answer($0) }
    ) throws {
        self.line = line
        self.heard = heard
        self.verdict = verdict
        let server = try StubServer { [unowned self] request in reply(to: request) }
        self.server.withLock { $0 = server }
    }

    /// Without `/v1`.
    var url: String { server.withLock { $0?.url ?? "" } }
    /// All requests as `METHOD path`.
    var calls: [String] { (server.withLock { $0?.requests } ?? []).map { "\($0.method) \($0.path)" } }
    /// The questions of each batch.
    var batches: [[String]] {
        state.withLock { state in
            state.batches.map { entries in
                entries.compactMap { ($0["body"] ?? $0["params"])?["messages"]?[0]?["content"]?.string }
            }
        }
    }

    /// Changes what the server does.
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// Stops the server.
    func stop() { server.withLock { $0?.stop() } }

    /// A good answer.
    static func answer(_ entry: JSONValue) -> String {
        let id = entry["custom_id"]?.string ?? ""
        let body =
            entry["params"] == nil
            ? #""response":{"status_code":200,"request_id":"r","body":\#(LiveProject.completion("fine"))},"error":null"#
            : #""result":{"type":"succeeded","message":{"id":"msg_1","model":"claude-haiku-4-5","content":[{"type":"text","text":"fine"}],"stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":2}}}"#
        return #"{"custom_id":"\#(id)",\#(body)}"#
    }

    private func reply(to request: StubRequest) -> StubReply {
        heard(request)
        let parts = request.path.split(separator: "/").map(String.init)
        return state.withLock { state in
            switch (request.method, parts.last ?? "") {
            case ("POST", "files"):
                state.files.append(request.text)
                return .json(200, #"{"id":"file-\#(state.files.count)"}"#)
            case ("POST", "batches"):
                guard let body = try? JSONParser().parse(request.text) else { return .json(400, "{}") }
                var entries = body["requests"]?.array ?? []
                if body["input_file_id"] != nil {
                    entries = (state.files.last ?? "").split(whereSeparator: \.isNewline)
                        .filter { $0.hasPrefix("{") }.compactMap { try? JSONParser().parse(String($0)) }
                }
                state.batches.append(entries)
                state.metadata.append(body["metadata"] ?? .null)
                if state.isMute { return .noResponse }
                return .json(200, json(state.batches.count, state))
            case ("POST", "completions"):
                return .json(200, LiveProject.completion(verdict(request) ?? "fine"))
            case ("GET", "content"), ("GET", "results"):
                let number = Int(parts[parts.count - 2].filter(\.isNumber)) ?? 0
                guard state.batches.indices.contains(number - 1) else { return .json(404, "{}") }
                return .text(200, state.batches[number - 1].compactMap(line).joined(separator: "\n") + "\n")
            case ("GET", let name) where name.hasPrefix("batches?"):
                let list = state.batches.indices.reversed().map { json($0 + 1, state) }
                return .json(200, #"{"data":[\#(list.joined(separator: ","))],"has_more":false}"#)
            case ("GET", let name):
                let number = Int(name.filter(\.isNumber)) ?? 0
                guard state.batches.indices.contains(number - 1) else { return .json(404, "{}") }
                return .json(200, json(number, state))
            default: return .json(404, "{}")
            }
        }
    }

    private func json(_ number: Int, _ state: State) -> String {
        let entries = state.batches[number - 1]
        let metadata = JSONWriter.compact.text(of: state.metadata[number - 1])
        if entries.first?["params"] != nil {
            let counts =
                #"{"processing":\#(state.isOver ? 0 : entries.count),"succeeded":\#(state.isOver ? entries.count : 0)}"#
            return
                #"{"id":"msgbatch_\#(number)","processing_status":"\#(state.isOver ? "ended" : "in_progress")","created_at":"2100-01-01T00:00:00Z","request_counts":\#(counts),"results_url":"/v1/x"}"#
        }
        let output = state.isOver ? #""out-\#(number)""# : "null"
        return
            #"{"id":"batch_\#(number)","status":"\#(state.isOver ? "completed" : "in_progress")","created_at":4102444800,"metadata":\#(metadata),"request_counts":{"total":\#(entries.count),"completed":0,"failed":0},"output_file_id":\#(output),"error_file_id":null}"#
    }
}
