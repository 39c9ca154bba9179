import Evals
import HTTP
import JSON

/// Sends the requests of live models: within the provider's limits, again where that helps, never with a secret in
/// an error.
struct ProviderClient: Sendable {
    /// Carries requests.
    let transport: any HTTPTransport
    /// Reads environment variables.
    let environment: @Sendable (String) -> String?
    /// Tells the time.
    let clock: any CallClock
    /// Numbers from 0 to below 1, for pauses.
    let random: @Sendable () -> Double
    /// Reads images.
    let images: ImageSource
    /// Failures on purpose.
    let faults: FaultInjection

    /// Asks a model; tries again as the route's policy says.
    func reply(to request: ModelRequest, over route: Route) async throws(CallTrouble) -> Reply {
        let prepared = try prepare(request, route)
        let tokens = TokenEstimate.input(of: request).low
        let key = faults.rules.isEmpty ? "" : request.keyMaterial.description
        var attempt = 0
        while true {
            attempt += 1
            let ticket = try await entering(route.gate, tokens, isReturning: attempt > 1)
            let outcome: Outcome
            if let fault = faults.fault(for: request.model, key: key, attempt: attempt) {
                outcome = .failed(fault, headers: [:])
            } else {
                outcome = await send(prepared, route)
            }
            switch outcome {
            case .cancelled:
                route.gate.abandon(ticket)
                throw CallTrouble(
                    EvaluationError(
                        .interrupted, "the run was interrupted before \(route.settings.name) had answered",
                        hint: "run again; `--resume last` asks only for what is missing"))
            case .answered(var reply, let headers):
                route.gate.leave(
                    ticket, actualTokens: reply.usage.map { $0.inputTokens + $0.outputTokens },
                    headers: RateLimitHeaders(headers: headers, now: clock.wallTime()))
                route.gate.record(.answered)
                reply.attempts = attempt
                return reply
            case .failed(let failure, let headers):
                route.gate.leave(
                    ticket, failure: failure,
                    headers: RateLimitHeaders(headers: headers, now: clock.wallTime()))
                try await pause(after: failure, attempt, prepared, route)
            }
        }
    }

    private enum Outcome {
        case answered(Reply, HeaderFields)
        case failed(CallFailure, headers: HeaderFields)
        case cancelled
    }

    private struct PreparedCall {
        var request: PreparedRequest
        var streams: Bool
    }

    private func entering(
        _ gate: CallGate, _ tokens: Int, isReturning: Bool
    ) async throws(CallTrouble) -> CallTicket {
        do throws(EvaluationError) {
            return try await gate.enter(estimatedTokens: tokens, isReturning: isReturning)
        } catch {
            throw CallTrouble(error, allowsFallback: error.kind == .breaker)
        }
    }

    /// Waits before another attempt, or throws what the call has failed with.
    private func pause(
        after failure: CallFailure, _ attempt: Int, _ call: PreparedCall, _ route: Route
    ) async throws(CallTrouble) {
        let decision = route.settings.retry.decision(after: failure, attempt: attempt, random: random())
        switch decision {
        case .giveUp(let reason):
            route.gate.record(.callFailed(failure))
            throw CallTrouble(
                call.request.report.error(failure, attempts: attempt, reason: reason),
                allowsFallback: failure.kind.isInfrastructure && failure.kind != .authentication)
        case .wait(let seconds):
            route.gate.record(.attemptFailed(failure))
            do throws(EvaluationError) {
                try await route.gate.sleep(seconds: seconds)
            } catch {
                throw CallTrouble(error, allowsFallback: error.kind == .breaker)
            }
        }
    }

    private func prepare(_ request: ModelRequest, _ route: Route) throws(CallTrouble) -> PreparedCall {
        do throws(EvaluationError) {
            let settings = route.settings
            let streams = settings.streams && route.api.canStream
            let call = try route.api.call(for: request, images: images, streams: streams)
            let draft = PreparedRequest.Draft(
                method: call.method, path: call.path, headers: call.headers,
                body: JSONWriter.compact.bytes(of: call.body))
            return PreparedCall(
                request: try PreparedRequest(
                    draft, settings: settings, api: route.api, model: request.model.model,
                    environment: environment),
                streams: streams)
        } catch {
            throw CallTrouble(error)
        }
    }

    private func send(_ call: PreparedCall, _ route: Route) async -> Outcome {
        let collector = call.streams ? StreamCollector { route.api.isToken($0) } : nil
        let response: HTTPResponse
        do throws(HTTPError) {
            var receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
            if let collector { receive = { collector.take($0, at: $1) } }
            response = try await transport.send(call.request.http, receive: receive)
        } catch {
            return CallFailure(error).map { .failed($0, headers: [:]) } ?? .cancelled
        }
        let stream = collector?.finish()
        let isStream = stream != nil && (200..<300).contains(response.status)
        do throws(CallFailure) {
            try PreparedRequest.refuseRedirect(response)
            var reply = try route.api.reply(
                from: APIResponse(
                    status: response.status, headers: response.headers, body: response.body,
                    events: isStream ? stream?.events : nil))
            reply.latencyMS = response.timings.total.rounded()
            reply.firstTokenMS = stream?.firstTokenMS?.rounded()
            return .answered(reply, response.headers)
        } catch {
            return .failed(
                call.request.told(error, headers: response.headers, now: clock.wallTime()),
                headers: response.headers)
        }
    }
}
