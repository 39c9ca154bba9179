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
        var request: HTTPRequest
        var report: FailureReport
        var secrets: [String]
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
                call.report.error(failure, attempts: attempt, reason: reason),
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
            var expansion = Expansion(environment: environment)
            guard let written = settings.baseURL ?? route.api.defaultBaseURL ?? bedrockURL(settings) else {
                throw EvaluationError(
                    .provider, "the provider '\(settings.name)' has no address",
                    hint: "write base_url for it in evalrun.yaml")
            }
            let base = try expansion.text(written, key: "base_url", of: settings.name)
            let url =
                base.hasSuffix("/") && call.path.hasPrefix("/")
                ? base.dropLast() + call.path : base + call.path
            var http = HTTPRequest(
                method: call.method, url: String(url), body: JSONWriter.compact.bytes(of: call.body),
                timeouts: settings.timeouts)
            http.headers.add("Content-Type", "application/json")
            for field in call.headers.fields { http.headers[field.name] = field.value }
            for field in settings.headers.fields {
                http.headers[field.name] = try expansion.text(field.value, key: "headers", of: settings.name)
            }
            let credential = try Credential(settings: settings, api: route.api, url: http.url, environment)
            credential.add(to: &http)
            if credential.isSecret || !expansion.values.isEmpty,
                let problem = settings.keyProblem(url: http.url)
            {
                throw EvaluationError(.refused, problem, hint: "correct base_url in evalrun.yaml")
            }
            return PreparedCall(
                request: http,
                report: FailureReport(
                    provider: settings.name, model: request.model.model, keyVariable: credential.variable),
                secrets: credential.secrets + expansion.values, streams: streams)
        } catch {
            throw CallTrouble(error)
        }
    }

    private func bedrockURL(_ settings: ProviderSettings) -> String? {
        guard settings.kind == "bedrock" else { return nil }
        let region =
            settings.region ?? environment("AWS_REGION") ?? environment("AWS_DEFAULT_REGION") ?? "us-east-1"
        return "https://bedrock-runtime.\(region).amazonaws.com"
    }

    private func send(_ call: PreparedCall, _ route: Route) async -> Outcome {
        let collector = call.streams ? StreamCollector { route.api.isToken($0) } : nil
        let response: HTTPResponse
        do throws(HTTPError) {
            var receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
            if let collector { receive = { collector.take($0, at: $1) } }
            response = try await transport.send(call.request, receive: receive)
        } catch {
            return CallFailure(error).map { .failed($0, headers: [:]) } ?? .cancelled
        }
        let stream = collector?.finish()
        let isStream = stream != nil && (200..<300).contains(response.status)
        do throws(CallFailure) {
            guard response.status < 300 || response.status >= 400 else {
                throw CallFailure(
                    .rejected, "a redirect, which is not followed, since the key would go with it",
                    status: response.status, hint: "write the final address as base_url")
            }
            var reply = try route.api.reply(
                from: APIResponse(
                    status: response.status, headers: response.headers, body: response.body,
                    events: isStream ? stream?.events : nil))
            reply.latencyMS = response.timings.total.rounded()
            reply.firstTokenMS = stream?.firstTokenMS?.rounded()
            return .answered(reply, response.headers)
        } catch {
            var failure = error
            failure.takeAdvice(from: response.headers, now: clock.wallTime())
            for secret in call.secrets where secret.utf8.count >= 4 {
                failure.message = failure.message.replacing(secret, with: "[redacted:key]")
                failure.hint = failure.hint?.replacing(secret, with: "[redacted:key]")
            }
            return .failed(failure, headers: response.headers)
        }
    }
}

/// Fills environment variables into settings, and remembers their values.
private struct Expansion {
    let environment: @Sendable (String) -> String?
    var values: [String] = []

    init(environment: @escaping @Sendable (String) -> String?) { self.environment = environment }

    mutating func text(_ written: String, key: String, of provider: String) throws(EvaluationError) -> String
    {
        switch ProviderSettings.expand(written, environment: environment) {
        case .success(let text):
            if key == "headers", text != written { values.append(text) }
            return text
        case .failure(.missing(let name)):
            throw EvaluationError(
                .needsKey, "\(key) of the provider '\(provider)' needs the environment variable \(name)",
                hint: "set \(name), or write a default: ${\(name):-…}")
        case .failure(let mistake):
            throw EvaluationError(
                .provider, "\(key) of the provider '\(provider)' can't be used: \(mistake.message)",
                hint: "correct it in evalrun.yaml")
        }
    }
}
