import Evals
import HTTP
import JSON

/// Sends the requests of a batch API: again where that helps, never with a secret in an error.
struct BatchClient: Sendable {
    /// Why a request to a batch API has brought nothing.
    struct Trouble: Error, Sendable {
        /// What to tell.
        var error: EvaluationError
        /// What happened; nil when nothing was sent, or the task was cancelled.
        var failure: CallFailure?

        /// True when the provider may have got the request all the same.
        var mayHaveArrived: Bool {
            switch failure?.kind {
            case .timeout, .connection, .unreadable, .unavailable: true
            default: false
            }
        }
        /// True when asking later may help.
        var mayPass: Bool { mayHaveArrived || failure?.kind == .rateLimited }
        /// True when what was asked for is not there, and never will be.
        var isGone: Bool { failure?.status == 404 || failure?.status == 410 }
        /// True when the server does not know the request at all.
        var isUnknownThere: Bool { isGone || failure?.status == 405 }
    }

    /// What a good response says.
    struct Body {
        /// As it came.
        let bytes: [UInt8]
        /// What the request must not tell.
        let prepared: PreparedRequest

        /// The JSON without secrets, since what is read of it may be told; nil when it is none.
        var json: JSONValue? { JSONValue(batchBody: prepared.masked(bytes)) }
    }

    /// Carries requests.
    let transport: any HTTPTransport
    /// Reads environment variables.
    let environment: @Sendable (String) -> String?
    /// Tells the time.
    let clock: any CallClock
    /// Numbers from 0 to below 1, for pauses.
    let random: @Sendable () -> Double

    /// Files of many megabytes go up and down: seconds at least that a request may take.
    static let patience = 600.0
    /// The largest file of results, in bytes.
    static let largestResponse = 1 << 30

    /// Sends a request as often as the provider's retry policy says, and reads the response.
    ///
    /// - Parameters:
    ///   - found: Called after a failure at which the provider may have got the request: what it already did then, so
    ///     that nothing is done twice. When it can't say, nothing more is sent.
    ///   - read: What a good response says; nil when it can't be read.
    func send<Value: Sendable>(
        _ draft: PreparedRequest.Draft, over route: BatchRoute,
        found: () async throws(Trouble) -> Value? = { () throws(Trouble) in nil }, read: (Body) -> Value?
    ) async throws(Trouble) -> Value {
        let prepared: PreparedRequest
        do throws(EvaluationError) {
            prepared = try prepare(draft, over: route)
        } catch {
            throw Trouble(error: error)
        }
        var attempt = 0
        while true {
            attempt += 1
            let failure: CallFailure
            switch await once(prepared, route, read) {
            case .success(let value): return value
            case .failure(let found)?: failure = found
            case nil: throw Self.interrupted(route)
            }
            let decision = route.settings.retry.decision(
                after: failure, attempt: attempt, random: random())
            var trouble = Trouble(
                error: prepared.report.error(failure, attempts: attempt, reason: nil), failure: failure)
            if case .wait(let seconds) = decision {
                do {
                    try await clock.sleep(until: clock.now() + seconds)
                } catch {
                    throw Self.interrupted(route)
                }
            }
            if trouble.mayHaveArrived {
                do throws(Trouble) {
                    if let value = try await found() { return value }
                } catch {
                    if error.error.kind != .interrupted {
                        trouble.error.message +=
                            "; it is not known whether it has arrived all the same: \(error.error.message)"
                        trouble.error.hint = "`--resume last` looks again"
                    } else {
                        trouble.error = error.error
                    }
                    throw trouble
                }
            }
            if case .giveUp(let reason) = decision {
                trouble.error = prepared.report.error(failure, attempts: attempt, reason: reason)
                throw trouble
            }
        }
    }

    /// The request with address and key.
    func prepare(
        _ draft: PreparedRequest.Draft, over route: BatchRoute
    ) throws(EvaluationError) -> PreparedRequest {
        var request = try PreparedRequest(
            draft, settings: route.settings, api: route.api, model: route.model.model,
            environment: environment)
        request.http.timeouts.total = max(request.http.timeouts.total, Self.patience)
        request.http.responseLimit = Self.largestResponse
        // A batch that is sent twice is paid twice.
        request.http.isSentOnce = draft.method == "POST"
        return request
    }

    /// One attempt; nil when the task was cancelled.
    private func once<Value>(
        _ prepared: PreparedRequest, _ route: BatchRoute, _ read: (Body) -> Value?
    ) async -> Result<Value, CallFailure>? {
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await transport.send(prepared.http)
        } catch {
            return CallFailure(error).map { .failure($0) }
        }
        do throws(CallFailure) {
            try PreparedRequest.refuseRedirect(response)
            if response.status >= 400 {
                let refusal = APIResponse(
                    status: response.status, headers: response.headers, body: response.body)
                _ = try prepared.reading(refusal) { (refusal) throws(CallFailure) in
                    try route.api.reply(from: refusal)
                }
            } else if let value = read(Body(bytes: response.body, prepared: prepared)) {
                return .success(value)
            }
            throw CallFailure(
                .unreadable, "the response is nothing that a batch API says", status: response.status)
        } catch {
            return .failure(
                prepared.told(error, headers: response.headers, now: clock.wallTime()))
        }
    }

    /// Why nothing came after the task was cancelled.
    static func interrupted(_ route: BatchRoute) -> Trouble {
        Trouble(
            error: EvaluationError(
                .interrupted, "the run was interrupted before \(route.settings.name) had answered",
                hint: "`--resume last` goes on"))
    }
}

extension JSONValue {
    /// The JSON of a body; nil when it is none.
    init?(batchBody bytes: [UInt8]) {
        guard let value = try? JSONParser().parse(bytes: bytes) else { return nil }
        self = value
    }
}
