import HTTP
import Synchronization

/// Answers requests from a script, and keeps them.
final class ScriptedTransport: HTTPTransport {
    /// What becomes of a request.
    enum Turn: Sendable {
        /// A whole response.
        case answer(HTTPResponse)
        /// A response whose body comes in pieces, each with its time in milliseconds.
        case stream(HTTPResponse, [(String, Double)])
        /// No response.
        case fail(HTTPError)
        /// No end before the task is cancelled.
        case hang
    }

    private let script: @Sendable (HTTPRequest, Int) -> Turn
    private let log = Mutex<[HTTPRequest]>([])

    /// Creates a transport from a function of the request and its number, from 1.
    init(_ script: @escaping @Sendable (HTTPRequest, Int) -> Turn) { self.script = script }

    /// Creates a transport from turns in order; the last one goes on for ever.
    convenience init(_ turns: [Turn]) {
        self.init { _, number in turns[min(number, turns.count) - 1] }
    }

    /// What was sent so far.
    var requests: [HTTPRequest] { log.withLock { $0 } }

    func send(
        _ request: HTTPRequest, receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
    ) async throws(HTTPError) -> HTTPResponse {
        let number = log.withLock { log in
            log.append(request)
            return log.count
        }
        switch script(request, number) {
        case .answer(var response):
            if let receive, (200..<300).contains(response.status) {
                receive(response.body[...], response.timings.total)
                response.body = []
            }
            return response
        case .stream(let response, let pieces):
            for (text, time) in pieces { receive?(Array(text.utf8)[...], time) }
            return response
        case .fail(let error): throw error
        case .hang:
            for await _ in AsyncStream<Void>(unfolding: { await Self.untilCancelled() }) {}
            throw HTTPError(.cancelled, "cancelled")
        }
    }

    private static func untilCancelled() async -> Void? {
        let (stream, _) = AsyncStream<Void>.makeStream()
        for await _ in stream {}
        return nil
    }
}

extension ScriptedTransport.Turn {
    /// A response with a text.
    static func status(_ status: Int, _ body: String = "", _ headers: HeaderFields = [:]) -> Self {
        .answer(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    /// An answer of Chat Completions that took so many milliseconds.
    static func chat(_ text: String = "fine", milliseconds: Double = 120) -> Self {
        var timings = HTTPResponse.Timings()
        timings.total = milliseconds
        let body =
            #"{"id": "c1", "model": "m-1", "choices": [{"message": {"content": "\#(text)"}, "finish_reason": "stop"}], "#
            + #""usage": {"prompt_tokens": 10, "completion_tokens": 2}}"#
        return .answer(
            HTTPResponse(
                status: 200, headers: ["Content-Type": "application/json"], body: Array(body.utf8),
                timings: timings))
    }
}
