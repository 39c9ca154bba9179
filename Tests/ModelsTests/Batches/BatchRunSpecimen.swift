import Diagnostics
import Evals
import JSON
import Models
import Synchronization

/// A clock that is always where a sleeper wants it to be.
final class JumpingCallClock: CallClock {
    private let state = Mutex((now: 1000.0, pauses: [Double]()))

    /// All pauses, in seconds.
    var pauses: [Double] { state.withLock { $0.pauses } }

    func now() -> Double { state.withLock { $0.now } }

    func wallTime() -> Double { now() }

    func sleep(until: Double) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.pauses.append(until - state.now)
            state.now = max(state.now, until)
        }
    }
}

/// A run by batches, as the program makes it: the ledger on a disk, the requests in turn.
final class BatchRunSpecimen: Sendable {
    private let written = Mutex<[[UInt8]]>([])
    private let news = Mutex<[BatchNews]>([])
    /// What the disk had after each time it was written.
    var disks: [[UInt8]] { written.withLock { $0 } }
    /// What was told.
    var told: [BatchNews] { news.withLock { $0 } }
    let clock = JumpingCallClock()
    let provider: BatchProvider
    let budget: Budget?
    private let model: ModelSpecification
    /// Another name for the same model.
    let twin: ModelSpecification
    private let providers: JSONObject
    private let limits: BatchLimits
    private let environment: [String: String]
    private let isFull: Bool
    private let run: String

    init(
        _ provider: BatchProvider, kind: String = "openai", baseURL: String? = nil,
        limits: BatchLimits = BatchLimits(), budget: Budget? = nil, isFull: Bool = false,
        run: String = "run-1",
        environment: [String: String] = ["OPENAI_API_KEY": "sk-openai-1", "ANTHROPIC_API_KEY": "sk-ant-1"]
    ) {
        self.provider = provider
        self.budget = budget
        self.limits = limits
        self.environment = environment
        self.isFull = isFull
        self.run = run
        model = ModelSpecification(
            name: "small", provider: kind, model: kind == "anthropic" ? "claude-haiku-4-5" : "gpt-5-mini",
            parameters: ["max_tokens": 100])
        twin = ModelSpecification(
            name: "twin", provider: model.provider, model: model.model, parameters: model.parameters)
        var settings: JSONObject = ["retry": ["attempts": 3, "base_s": 0.5]]
        if let baseURL { settings["base_url"] = .string(baseURL) }
        providers = [kind: .object(settings)]
    }

    /// The questions as requests.
    func request(_ text: String) -> ModelRequest {
        ModelRequest(
            model: model, parameters: model.parameters, messages: [Message(role: .user, text: text)],
            site: CallSite(suite: "s", caseID: text, prompt: "p", model: "small"))
    }

    /// Models of a process that finds a ledger.
    func models(after ledger: [UInt8]? = nil) -> BatchModels {
        let prices = PriceTable(prices: [
            model.priceName: ModelPrice(
                ModelPrice.Offer(
                    standard: .init(
                        input: Money(picoUSD: 2_000_000_000_000), output: Money(picoUSD: 4_000_000_000_000)),
                    batch: .init(
                        input: Money(picoUSD: 1_000_000_000_000), output: Money(picoUSD: 2_000_000_000_000))))
        ])
        let environment = environment
        return BatchModels(
            BatchModels.Setting(
                models: [model, twin], providers: providers,
                world: LiveModels.World(
                    transport: { [provider] in provider }, environment: { environment[$0] }, clock: clock,
                    random: { 0.5 }, images: .none, programs: EchoModel()),
                budget: budget, prices: prices, run: run, limits: limits,
                // Stands for the hash: hexadecimal digits of the text.
                key: { request in
                    let digits = request.messages[0].text.utf8.map { String($0, radix: 16) }.joined()
                    return digits + String(repeating: "0", count: max(0, 64 - digits.count))
                },
                save: { [self] (bytes) throws(DiagnosticError) in
                    if isFull { throw DiagnosticError(Diagnostic("disk", "the disk is full")) }
                    written.withLock { $0.append(bytes) }
                },
                tell: { [self] news in self.news.withLock { $0.append(news) } }),
            ledger: ledger.flatMap { BatchLedger(bytes: $0) } ?? BatchLedger())
    }

    /// Asks for all questions; answers as `text` with where it is from, errors as `kind: message`.
    func ask(_ models: BatchModels, _ texts: [String]) async -> [String] {
        var lines: [String] = []
        for text in texts {
            do throws(EvaluationError) {
                let answer = try await models.answer(request(text))
                lines.append(answer.reply.content ?? "")
            } catch {
                lines.append("\(error.kind.rawValue): \(error.message)")
            }
        }
        return lines
    }

    /// The whole run, as the program does it; the answers or errors in order.
    func run(_ models: BatchModels, _ texts: [String]) async -> [String] {
        var kept: [String: String] = [:]
        await models.recover()
        _ = await ask(models, texts)
        await models.submit()
        await models.wait()
        while await models.loadNext() {
            for (text, line) in zip(texts, await ask(models, texts)) where !line.contains(": ") {
                kept[text] = line
            }
        }
        return zip(texts, await ask(models, texts)).map { kept[$0] ?? $1 }
    }
}
