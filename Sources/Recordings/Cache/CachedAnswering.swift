public import Diagnostics
public import Evals
import Files
import Synchronization

/// Answers from a cache across runs, and keeps every new live answer in it.
///
/// What comes from the cache is `cached`: it has a cost, and spends nothing. Errors are never kept.
public struct CachedAnswering: Answering {
    /// What is told once.
    private final class Notes: Sendable {
        let hasFailed = Mutex(false)
    }

    private let inner: any Answering
    private let cache: AnswerCache
    private let redactor: Redactor
    private let now: @Sendable () -> String?
    private let route: @Sendable (ModelSpecification) -> String
    private let warn: @Sendable (Diagnostic) -> Void
    private let equal = EqualRequests()
    private let notes = Notes()

    /// Puts a cache before something that answers.
    ///
    /// - Parameters:
    ///   - inner: gets the requests as they are, secrets included.
    ///   - now: the present time as RFC 3339 in UTC, for `recorded_at`.
    ///   - route: where a model is asked; answers of one route are none of another's.
    ///   - warn: told once, at the first answer that can't be kept.
    public init(
        _ inner: any Answering, cache: AnswerCache, redactor: Redactor = .standard,
        now: @escaping @Sendable () -> String?,
        route: @escaping @Sendable (ModelSpecification) -> String = { _ in "" },
        warn: @escaping @Sendable (Diagnostic) -> Void = { _ in }
    ) {
        self.inner = inner
        self.cache = cache
        self.redactor = redactor
        self.now = now
        self.route = route
        self.warn = warn
    }

    /// The kept or the new answer, redacted; where a damaged file was replaced, its notice says so.
    ///
    /// Errors: those of `inner`; `refused` for a request that holds the value of a key variable, or when a pattern of
    /// `redact:` gives up.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        let keyed = try KeyedRequest(request, redactor: redactor)
        // The cache tells requests by what is left of them: where something was redacted, others look the same.
        guard !keyed.isChanged else {
            var answer = try await inner.answer(request)
            answer.reply = try keyed.redact(answer.reply)
            answer.requestSHA256 = keyed.key
            return answer
        }
        let route = route(request.model)
        return try await equal.answer(toKey: "\(keyed.key) \(route)", of: request.model.name) {
            () async throws(EvaluationError) -> Answer in
            let finding = cache.find(keyed, route: route)
            if case .found(let exchange) = finding {
                return Answer(
                    reply: try keyed.redact(exchange.response), source: .cached, requestSHA256: keyed.key)
            }
            var answer = try await inner.answer(request)
            answer.reply = try keyed.redact(answer.reply)
            answer.requestSHA256 = keyed.key
            // What a fallback answered is no answer of the model that was asked.
            guard answer.source == .live, answer.reply.fallback == nil else { return answer }
            let exchange = Exchange(request: keyed.redacted, response: answer.reply, recordedAt: now())
            if store(exchange, route), case .damaged(let path) = finding {
                let text = "the cached answer \(path) was damaged, and was replaced"
                answer.notice = answer.notice.map { "\($0); \(text)" } ?? text
            }
            return answer
        }
    }

    /// True once the answer is kept; what can't be kept is still an answer.
    private func store(_ exchange: Exchange, _ route: String) -> Bool {
        do throws(FileError) {
            try cache.store(exchange, route: route)
            return true
        } catch {
            let isFirst = notes.hasFailed.withLock { hasFailed in
                defer { hasFailed = true }
                return !hasFailed
            }
            if isFirst {
                warn(
                    Diagnostic(
                        "cache-unwritable", "an answer can't be kept in the cache: \(error)",
                        hint: "the run goes on, and its results count", severity: .warning))
            }
            return false
        }
    }
}
