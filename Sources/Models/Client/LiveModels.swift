public import Evals
public import HTTP
public import JSON
import Synchronization

/// Answers by asking live models: each over its provider, and those of its fallback chain when it fails.
public final class LiveModels: Answering {
    /// What live calls need of the world around.
    public struct World: Sendable {
        /// Carries requests; made when the first one is sent.
        public var transport: @Sendable () throws(HTTPError) -> any HTTPTransport
        /// Reads environment variables.
        public var environment: @Sendable (String) -> String?
        /// Tells the time.
        public var clock: any CallClock
        /// Numbers from 0 to below 1, for pauses.
        public var random: @Sendable () -> Double
        /// Reads images of messages.
        public var images: ImageSource
        /// Answers models of the kind `exec`.
        public var programs: any Answering

        /// Creates a world.
        public init(
            transport: @escaping @Sendable () throws(HTTPError) -> any HTTPTransport,
            environment: @escaping @Sendable (String) -> String?, clock: any CallClock = SystemCallClock(),
            random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }, images: ImageSource,
            programs: any Answering
        ) {
            self.transport = transport
            self.environment = environment
            self.clock = clock
            self.random = random
            self.images = images
            self.programs = programs
        }
    }

    private struct State {
        var client: ProviderClient?
        var routes: [String: Route] = [:]
        var gates: [String: CallGate] = [:]
    }

    private let aliases: [String: ModelSpecification]
    private let providers: JSONObject
    private let world: World
    private let faults: FaultInjection
    private let budget: Budget?
    private let prices: PriceTable
    private let allowsUnpriced: Bool
    private let state = Mutex(State())

    /// Creates live models of a project.
    ///
    /// - Parameters:
    ///   - models: The project's models, for fallbacks.
    ///   - providers: The settings of each provider, as written.
    ///   - faults: Failures on purpose.
    ///   - budget: What may be spent; nil: anything.
    ///   - prices: What calls cost.
    ///   - allowsUnpriced: Whether a call whose price is unknown is made, uncounted, under a budget.
    public init(
        models: [ModelSpecification], providers: JSONObject, world: World,
        faults: FaultInjection = FaultInjection(), budget: Budget? = nil, prices: PriceTable = PriceTable(),
        allowsUnpriced: Bool = false
    ) {
        aliases = Dictionary(models.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.providers = providers
        self.world = world
        self.faults = faults
        self.budget = budget
        self.prices = prices
        self.allowsUnpriced = allowsUnpriced
    }

    /// The reply of the model, or of the first of its fallbacks that answers; `Reply.fallback` names that one.
    ///
    /// A fallback is asked only for trouble of provider or network: a wrong key or a request that is refused would
    /// be hidden by it.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        var failed: EvaluationError?
        for (tier, name) in chain(of: request.model).enumerated() {
            do throws(CallTrouble) {
                var asked = request
                if tier > 0 {
                    guard let model = aliases[name] else {
                        throw CallTrouble(
                            EvaluationError(.provider, "evalrun.yaml has no model '\(name)'"),
                            allowsFallback: true)
                    }
                    asked.model = model
                    asked.parameters = Self.parameters(of: request, on: model)
                }
                var reply = try await reply(to: asked)
                if tier > 0 { reply.wrappedValue.fallback = name }
                if let failed { reply.wrappedValue.attempts += failed.attempts }
                return Answer(
                    reply: reply.wrappedValue, source: .live,
                    notice: reply.wrappedValue.fallbackNotice(for: request.model.name))
            } catch {
                let joined = failed.map { Self.joined($0, error.error) } ?? error.error
                guard error.allowsFallback else { throw joined }
                failed = joined
            }
        }
        throw failed ?? EvaluationError(.provider, "there is no model to ask")
    }

    /// The names of the model and its fallbacks, in the order written; a fallback's own fallbacks do not count.
    private func chain(of model: ModelSpecification) -> [String] {
        let names = model.settings["fallback"]?.array?.compactMap(\.string) ?? []
        return [model.name] + names.filter { $0 != model.name }
    }

    /// The parameters for a fallback: its own, overlaid by those of the prompt.
    ///
    /// Those of the first model stay behind: they were chosen for it. Where the prompt's are not known, they are
    /// what the first model does not have with the same value.
    static func parameters(of request: ModelRequest, on model: ModelSpecification) -> JSONObject {
        if let own = request.promptParameters { return model.parameters.merging(own) }
        var own = request.parameters
        for (name, value) in request.model.parameters where own[name] == value { own[name] = nil }
        return model.parameters.merging(own)
    }

    /// What a chain has failed with: the trouble of the model under test, unless the run itself ended the chain.
    private static func joined(_ first: EvaluationError, _ next: EvaluationError) -> EvaluationError {
        let decisive = next.kind == .budget || next.kind == .interrupted ? next : first
        return EvaluationError(
            decisive.kind, "\(first.message); then the fallback: \(next.message)", hint: decisive.hint,
            attempts: first.attempts + next.attempts, mayHaveCost: first.mayHaveCost || next.mayHaveCost)
    }

    private func reply(to request: ModelRequest) async throws(CallTrouble) -> Boxed<Reply> {
        var charge = try charge(for: request)
        do throws(EvaluationError) {
            try await charge.reserve()
        } catch {
            throw CallTrouble(error)
        }
        do throws(CallTrouble) {
            let reply = try await send(request, &charge)
            charge.settle(prices.cost(of: reply.wrappedValue, asked: request.model))
            return reply
        } catch {
            // Attempts that may have cost are settled already; what is left cost nothing.
            charge.settle(.zero)
            var trouble = error
            trouble.error.mayHaveCost = charge.hasLost
            throw trouble
        }
    }

    /// What the call may take of the budget; refuses one whose price is unknown.
    @inline(never)
    private func charge(for request: ModelRequest) throws(CallTrouble) -> CallCharge {
        guard let budget else { return CallCharge(nil, worst: .zero) }
        let worst = CallEstimate(request, prices: prices).worst
        guard worst != nil || allowsUnpriced else { throw CallTrouble(CallEstimate.unpriced(request)) }
        return CallCharge(budget, worst: worst ?? .zero)
    }

    private func send(
        _ request: ModelRequest, _ charge: inout CallCharge
    ) async throws(CallTrouble) -> Boxed<Reply> {
        if kind(of: request.model) == "exec" { return try await run(request, &charge) }
        let (client, route) = try route(of: request.model)
        return try await client.reply(to: request, over: route, &charge)
    }

    /// Asks a program; it is started once, and no server's limits hold for it.
    private func run(
        _ request: ModelRequest, _ charge: inout CallCharge
    ) async throws(CallTrouble) -> Boxed<Reply> {
        let key = faults.rules.isEmpty ? "" : request.keyMaterial.description
        if let fault = faults.fault(for: request.model, key: key, attempt: 1) {
            let report = FailureReport(
                provider: request.model.provider, model: request.model.model, keyVariable: nil)
            throw CallTrouble(
                report.error(fault, attempts: 1, reason: nil),
                allowsFallback: fault.kind.isInfrastructure && fault.kind != .authentication)
        }
        do throws(EvaluationError) {
            return Boxed(wrappedValue: try await world.programs.answer(request).reply)
        } catch {
            // A program that was ended while it ran may have asked a model.
            if error.kind == .timeout || error.kind == .interrupted { charge.lose() }
            throw CallTrouble(error, allowsFallback: error.kind == .provider || error.kind == .timeout)
        }
    }

    private func kind(of model: ModelSpecification) -> String {
        providers[model.provider]?["type"]?.string ?? model.provider
    }

    /// The client and the way to a model; made once for each.
    private func route(of model: ModelSpecification) throws(CallTrouble) -> (ProviderClient, Route) {
        do throws(EvaluationError) {
            return try state.withLock { (state) throws(EvaluationError) in
                let client = try client(&state)
                if let route = state.routes[model.name] { return (client, route) }
                let provider = providers[model.provider]?.object ?? [:]
                let settings = ProviderSettings(
                    name: model.provider, kind: kind(of: model), provider: provider, model: model)
                let api = try APICatalog.api(settings, provider: provider)
                // A model with limits of its own has a gate of its own, and with it a breaker.
                let name = settings.hasOwnLimits ? "\(model.provider)/\(model.name)" : model.provider
                let gate =
                    state.gates[name]
                    ?? CallGate(
                        provider: model.provider, limits: settings.limits,
                        breaker: Breaker(threshold: settings.breakerThreshold), clock: world.clock)
                state.gates[name] = gate
                let route = Route(settings: settings, api: api, gate: gate)
                state.routes[model.name] = route
                return (client, route)
            }
        } catch {
            throw CallTrouble(error)
        }
    }

    private func client(_ state: inout sending State) throws(EvaluationError) -> ProviderClient {
        if let client = state.client { return client }
        do throws(HTTPError) {
            let client = ProviderClient(transport: try world.transport(), world: world, faults: faults)
            state.client = client
            return client
        } catch {
            throw EvaluationError(.provider, "no request can be sent: \(error.message)")
        }
    }
}
