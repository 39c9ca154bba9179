import Evals
import HTTP
import JSON
import Models
import Synchronization

/// Live models over a script, with a clock that moves whenever everybody waits.
struct LiveSetup {
    /// What the provider says.
    let transport: ScriptedTransport
    /// The time.
    let clock = ManualCallClock()
    /// A key that no message may show.
    static let key = "sk-secret-0123456789"

    /// What came of a request.
    struct Outcome: Sendable {
        /// The reply, or the error.
        var result: Result<Reply, EvaluationError>
        /// The pauses that were made, in seconds.
        var pauses: [Double]

        /// The reply; nil for an error.
        var reply: Reply? { try? result.get() }
        /// The error; nil for a reply.
        var error: EvaluationError? { if case .failure(let error) = result { error } else { nil } }
    }

    init(_ turns: [ScriptedTransport.Turn]) { transport = ScriptedTransport(turns) }

    init(_ script: @escaping @Sendable (HTTPRequest, Int) -> ScriptedTransport.Turn) {
        transport = ScriptedTransport(script)
    }

    /// Live models of a project.
    func live(
        _ models: [ModelSpecification] = [], providers: JSONObject = [:],
        environment: [String: String] = ["OPENAI_API_KEY": LiveSetup.key], inject: [FaultInjection.Rule] = [],
        budget: Budget? = nil, prices: PriceTable = PriceTable(), allowsUnpriced: Bool = false,
        programs: any Answering = EchoModel()
    ) -> LiveModels {
        let transport = transport
        return LiveModels(
            models: models, providers: providers,
            world: LiveModels.World(
                transport: { () throws(HTTPError) in transport }, environment: { environment[$0] },
                clock: clock, random: { 0.5 }, images: .sample, programs: programs),
            faults: FaultInjection(rules: inject), budget: budget, prices: prices,
            allowsUnpriced: allowsUnpriced)
    }

    /// Asks, and moves the clock on while it waits.
    func ask(_ live: LiveModels, _ request: ModelRequest) async -> Outcome {
        let outcome = Mutex<Result<Reply, EvaluationError>?>(nil)
        let task = Task {
            do throws(EvaluationError) {
                let reply = try await live.answer(request).reply
                outcome.withLock { $0 = .success(reply) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
        }
        var pauses: [Double] = []
        while true {
            if let result = outcome.withLock({ $0 }) {
                await task.value
                return Outcome(result: result, pauses: pauses)
            }
            if let alarm = clock.alarms.first {
                pauses.append(alarm - clock.now())
                clock.advance(to: alarm)
            }
            await Task.yield()
        }
    }

    /// Asks a model of a project of its own.
    func ask(
        _ model: ModelSpecification = .small, providers: JSONObject = [:],
        environment: [String: String] = ["OPENAI_API_KEY": LiveSetup.key]
    ) async -> Outcome {
        await ask(live([model], providers: providers, environment: environment), .to(model))
    }
}

extension ModelSpecification {
    /// A model of OpenAI.
    static let small = ModelSpecification(name: "small", provider: "openai", model: "gpt-4o")

    /// A model of a provider.
    static func of(_ provider: String, _ name: String = "m", _ settings: JSONObject = [:]) -> Self {
        ModelSpecification(name: name, provider: provider, model: "\(name)-id", settings: settings)
    }
}

extension ModelRequest {
    /// A greeting to a model.
    static func to(
        _ model: ModelSpecification, prompt: JSONObject? = nil, purpose: String = "answer"
    ) -> ModelRequest {
        ModelRequest(
            model: model, parameters: model.parameters.merging(prompt ?? [:]),
            messages: [Message(role: .user, text: "hi")],
            site: CallSite(suite: "s", caseID: "c", prompt: "p", model: model.name, purpose: purpose),
            promptParameters: prompt)
    }
}
