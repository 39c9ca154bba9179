import Evals
import HTTP
import JSON

/// Sends the requests of live models: within the provider's limits, again where that helps, never with a secret in
/// an error.
///
/// Thousands of calls may be in flight: what they hold while they wait is kept small.
final class ProviderClient: Sendable {
    private let transport: any HTTPTransport
    private let world: LiveModels.World
    private let faults: FaultInjection

    private var clock: any CallClock { world.clock }

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - transport: Carries requests.
    ///   - world: Clock, chance, environment and images.
    ///   - faults: Failures on purpose.
    init(transport: any HTTPTransport, world: LiveModels.World, faults: FaultInjection) {
        self.transport = transport
        self.world = world
        self.faults = faults
    }

    /// Asks a model; tries again as the route's policy says.
    ///
    /// - Parameter charge: What the call takes of the budget, with the first attempt reserved; attempts whose answer
    ///   was lost are counted in it, and the attempt after such a one is reserved.
    func reply(
        to request: ModelRequest, over route: Route, _ charge: inout CallCharge
    ) async throws(CallTrouble) -> Boxed<Reply> {
        let call = try prepared(request, route)
        let tokens = TokenEstimate.input(of: request).low
        let key = faults.rules.isEmpty ? "" : request.keyMaterial.description
        var attempt = 0
        while true {
            let ticket = try await entering(route.gate, tokens, after: attempt)
            attempt += 1
            let fault = faults.fault(for: request.model, key: key, attempt: attempt)
            let outcome = if let fault { Outcome.failed(fault, [:], isLost: false) } else { await send(call) }
            switch outcome {
            case .cancelled:
                route.gate.abandon(ticket)
                charge.lose()
                throw CallTrouble(
                    EvaluationError(
                        .interrupted, "the run was interrupted before \(route.settings.name) had answered",
                        hint: "run again; `--resume last` asks only for what is missing", attempts: attempt))
            case .answered(var reply, let headers):
                route.gate.leave(
                    ticket,
                    actualTokens: reply.wrappedValue.usage.map { $0.inputTokens + $0.outputTokens },
                    headers: RateLimitHeaders(headers: headers, now: clock.wallTime()))
                route.gate.record(.answered)
                reply.wrappedValue.attempts = attempt
                return reply
            case .failed(let failure, let headers, let isLost):
                if isLost { charge.lose() }
                route.gate.leave(
                    ticket, failure: failure,
                    headers: RateLimitHeaders(headers: headers, now: clock.wallTime()))
                try await pause(after: failure, attempt, call.prepared.report, route)
                do throws(EvaluationError) {
                    try await charge.reserve()
                } catch {
                    throw CallTrouble(error).after(attempt)
                }
            }
        }
    }

    private enum Outcome {
        case answered(Boxed<Reply>, HeaderFields)
        /// `isLost`: the provider may have worked, and charges for it.
        case failed(CallFailure, HeaderFields, isLost: Bool)
        case cancelled
    }

    private func prepared(_ request: ModelRequest, _ route: Route) throws(CallTrouble) -> PreparedCall {
        do throws(EvaluationError) {
            return try PreparedCall(request, over: route, images: world.images, world.environment)
        } catch {
            throw CallTrouble(error)
        }
    }

    private func entering(
        _ gate: CallGate, _ tokens: Int, after attempts: Int
    ) async throws(CallTrouble) -> CallTicket {
        do throws(EvaluationError) {
            return try await gate.enter(estimatedTokens: tokens, isReturning: attempts > 0)
        } catch {
            throw CallTrouble(error, allowsFallback: error.kind == .breaker).after(attempts)
        }
    }

    /// Waits before another attempt, or throws what the call has failed with.
    private func pause(
        after failure: CallFailure, _ attempt: Int, _ report: FailureReport, _ route: Route
    ) async throws(CallTrouble) {
        let decision = route.settings.retry.decision(after: failure, attempt: attempt, random: world.random())
        switch decision {
        case .giveUp(let reason):
            route.gate.record(.callFailed(failure))
            throw CallTrouble(
                report.error(failure, attempts: attempt, reason: reason),
                allowsFallback: failure.kind.isInfrastructure && failure.kind != .authentication)
        case .wait(let seconds):
            route.gate.record(.attemptFailed(failure))
            do throws(EvaluationError) {
                try await route.gate.sleep(seconds: seconds)
            } catch {
                throw CallTrouble(error, allowsFallback: error.kind == .breaker).after(attempt)
            }
        }
    }

    private func send(_ call: PreparedCall) async -> Outcome {
        let collector = call.streams ? StreamCollector(isToken: call.isToken) : nil
        do throws(HTTPError) {
            var receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
            if let collector { receive = { collector.take($0, at: $1) } }
            return outcome(try await transport.send(call.prepared.http, receive: receive), call, collector)
        } catch {
            return CallFailure(error).map { .failed($0, [:], isLost: error.kind.mayHaveCost) } ?? .cancelled
        }
    }

    /// What a response means; apart from `send`, whose frame waits for it.
    @inline(never)
    private func outcome(_ response: HTTPResponse, _ call: PreparedCall, _ collector: StreamCollector?)
        -> Outcome
    {
        var whole = APIResponse(status: response.status, headers: response.headers, body: response.body)
        var firstTokenMS: Double?
        if let collector, (200..<300).contains(response.status) {
            (whole, firstTokenMS) = collector.finish(response)
        }
        do throws(CallFailure) {
            try PreparedRequest.refuseRedirect(response)
            var reply = try call.reply(from: whole)
            reply.latencyMS = response.timings.total.rounded()
            reply.firstTokenMS = firstTokenMS?.rounded()
            return .answered(Boxed(wrappedValue: reply), response.headers)
        } catch {
            var failure = error
            failure.takeAdvice(from: response.headers, now: clock.wallTime())
            return .failed(failure, response.headers, isLost: failure.isLostAnswer)
        }
    }
}

extension HTTPError.Kind {
    /// True when the request may have reached the provider, which charges for its work though no answer arrived.
    fileprivate var mayHaveCost: Bool {
        switch self {
        case .firstByteTimeout, .totalTimeout, .tooLarge, .brokenOff, .malformed, .cancelled, .system: true
        case .badURL, .resolve, .connect, .tls, .connectTimeout: false
        }
    }
}

extension CallFailure {
    /// True for an answer with a good status that can't be used, or did not come to its end: the provider charges for
    /// it.
    var isLostAnswer: Bool {
        guard let status, (200..<300).contains(status) else { return false }
        switch kind {
        case .unreadable, .connection, .timeout, .unavailable: return true
        case .rateLimited, .authentication, .quota, .unsupported, .rejected: return false
        }
    }
}
