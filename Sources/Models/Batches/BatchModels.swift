public import Diagnostics
public import Evals
import HTTP
public import JSON
import Synchronization

/// Answers by batches: half the price, within a day.
///
/// A batch wants all requests first, so a run goes over its plan more than once, with the same chain of recordings and
/// journal before this:
/// 1. `recover`, then every request of the plan is asked for. Each that gets here is put into a batch, or is in one
///    already, and is answered with the error `pending`. Full batches are submitted on the way.
/// 2. `submit` sends the rest, `wait` asks until all have ended.
/// 3. `loadNext` reads results, as many as memory should hold. While it says that more are left, the plan is gone over
///    again, so that the journal keeps these answers.
/// 4. The run itself, which gets the answers of the last results from here, all others from the journal, and an error
///    for each request that its batch has not answered. Nothing is ever asked outside of a batch.
///
/// `answer` is safe to call from any thread; the other functions are called one after the other.
public final class BatchModels: Answering {
    /// What batches are made of.
    public struct Setting: Sendable {
        /// The models of the run.
        public var models: [ModelSpecification]
        /// The settings of each provider, as written.
        public var providers: JSONObject
        /// What calls need of the world around.
        public var world: LiveModels.World
        /// What may be spent; nil: anything.
        public var budget: Budget?
        /// What calls cost.
        public var prices: PriceTable
        /// Whether a request whose price is unknown is sent, uncounted, under a budget.
        public var allowsUnpriced: Bool
        /// The run's id.
        public var run: String
        /// The bounds of batches.
        public var limits: BatchLimits
        /// The key of a request: 64 hexadecimal digits.
        public var key: @Sendable (ModelRequest) throws(EvaluationError) -> String
        /// Keeps the bytes of the ledger on the disk.
        public var save: @Sendable ([UInt8]) throws(DiagnosticError) -> Void
        /// Tells the user.
        public var tell: @Sendable (BatchNews) -> Void

        /// Creates a setting.
        public init(
            models: [ModelSpecification], providers: JSONObject, world: LiveModels.World,
            budget: Budget? = nil,
            prices: PriceTable = PriceTable(), allowsUnpriced: Bool = false, run: String,
            limits: BatchLimits = BatchLimits(),
            key: @escaping @Sendable (ModelRequest) throws(EvaluationError) -> String,
            save: @escaping @Sendable ([UInt8]) throws(DiagnosticError) -> Void,
            tell: @escaping @Sendable (BatchNews) -> Void = { _ in }
        ) {
            self.models = models
            self.providers = providers
            self.world = world
            self.budget = budget
            self.prices = prices
            self.allowsUnpriced = allowsUnpriced
            self.run = run
            self.limits = limits
            self.key = key
            self.save = save
            self.tell = tell
        }
    }

    /// Requests that wait for being submitted together.
    struct OpenPart: Sendable {
        /// Their ids.
        var customIDs: [String] = []
        /// Their entries, with what stands between.
        var bytes: [UInt8] = []
    }

    /// Where the result of a request is.
    struct Place: Sendable {
        /// The number of the part.
        var part: Int
        /// The index of the file in `State.files`.
        var file: Int
        /// The line in it.
        var range: Range<Int>
    }

    /// All that changes.
    struct State {
        /// Sends requests; nil until the first one.
        var client: BatchClient?
        /// The ways to models, by name.
        var routes: [String: BatchRoute] = [:]
        /// The batches of the run.
        var ledger: BatchLedger
        /// Requests that are in a batch, or have got an error instead.
        var seen: Set<String> = []
        /// What is being gathered, by the model's name.
        var waiting: [String: OpenPart] = [:]
        /// What requests may cost.
        var reservations: [String: Budget.Reservation] = [:]
        /// Why requests have no answer.
        var errors: [String: EvaluationError] = [:]
        /// What the provider said last of each part.
        var statuses: [Int: BatchStatus] = [:]
        /// Since when questions for a part have failed, by the clock that never goes back.
        var troubledSince: [Int: Double] = [:]
        /// Parts of which nothing more is to be had in this run.
        var done: Set<Int> = []
        /// Parts of which nothing more is to be had at all.
        var final: Set<Int> = []
        /// False while batches are made.
        var isAnswering = false
        /// The results in memory.
        var files: [[UInt8]] = []
        /// Where in them each request's is.
        var places: [String: Place] = [:]
    }

    /// What batches are made of.
    let setting: Setting
    /// All that changes.
    let state: Mutex<State>

    /// Creates models that answer by batches; `ledger` has those of the run so far.
    public init(_ setting: Setting, ledger: BatchLedger = BatchLedger()) {
        self.setting = setting
        state = Mutex(State(ledger: ledger))
    }

    /// Why a request is not answered while batches are made.
    public static let pending = EvaluationError(
        .interrupted, "the answer is still to come from a batch", hint: "`--resume last` goes on")

    /// The provider's ids of the batches that are at work, with the provider's name.
    public var underWay: [String] {
        state.withLock { state in
            state.ledger.parts.filter { !$0.isCollected && !state.final.contains($0.number) }.compactMap {
                part in
                part.batchID.map { id in
                    "\(id) (\(state.routes[part.model]?.settings.name ?? part.model))"
                }
            }
        }
    }

    /// What the batch of the request answered.
    ///
    /// While batches are made, puts the request into one and throws `pending`.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        let id = try customID(of: request)
        guard state.withLock({ $0.isAnswering }) else {
            await gather(request, id)
            throw Self.pending
        }
        return try result(of: request, id)
    }

    /// Marks the batches whose results were taken as collected, once the run has used them, and lets go of all that was
    /// kept for answers.
    public func close() throws(DiagnosticError) {
        let hasChanged = state.withLock { state in
            for number in state.final { state.ledger.change(number) { $0.isCollected = true } }
            (state.files, state.places, state.errors, state.reservations) = ([], [:], [:], [:])
            return !state.final.isEmpty
        }
        if hasChanged { try save() }
    }

    /// The id of a request in batches: from its key, the run and the model's name, so that no answer of another run
    /// passes for its own, nor one of a model with the same id at another provider.
    ///
    /// 49 hexadecimal digits and hyphens at most; providers take 64.
    private func customID(of request: ModelRequest) throws(EvaluationError) -> String {
        // FNV-1a: tells runs and models apart, and is the same in every process.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(setting.run)\0\(request.model.name)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return try setting.key(request).prefix(32) + "-" + String(hash, radix: 16)
    }

    // MARK: - What all parts share

    /// The way to a model; made once.
    func route(of model: ModelSpecification) throws(EvaluationError) -> BatchRoute {
        if let known = state.withLock({ $0.routes[model.name] }) { return known }
        let route = try BatchRoute(model: model, provider: setting.providers[model.provider]?.object ?? [:])
        state.withLock { $0.routes[model.name] = route }
        return route
    }

    /// The way of a part of the ledger.
    func route(of part: BatchLedger.Part) throws(EvaluationError) -> BatchRoute {
        guard let model = setting.models.first(where: { $0.name == part.model }) else {
            throw EvaluationError(
                .provider, "the run has a batch of the model '\(part.model)', which it does not ask any more",
                hint: "start a new run without --resume")
        }
        return try route(of: model)
    }

    /// Sends requests; made with the first one.
    func client() throws(BatchClient.Trouble) -> BatchClient {
        if let client = state.withLock({ $0.client }) { return client }
        do throws(HTTPError) {
            let world = setting.world
            let client = BatchClient(
                transport: try world.transport(), environment: world.environment, clock: world.clock,
                random: world.random)
            state.withLock { $0.client = client }
            return client
        } catch {
            throw BatchClient.Trouble(
                error: EvaluationError(.provider, "no request can be sent: \(error.message)"))
        }
    }

    /// Writes the ledger.
    func save() throws(DiagnosticError) { try setting.save(state.withLock { $0.ledger.bytes }) }

    /// Writes the ledger; what went wrong is only told, since the run itself needs it no more.
    func saveOrTell() {
        do throws(DiagnosticError) {
            try save()
        } catch {
            let reason = error.diagnostics.first?.message ?? ""
            setting.tell(
                BatchNews("the state of the batches can't be written, and --resume may miss them: \(reason)"))
        }
    }

    /// Gives all requests of a part an error.
    ///
    /// - Parameter isUnpaid: False when the provider may be at work on them all the same.
    func fail(_ customIDs: [String], _ error: EvaluationError, isUnpaid: Bool = true) {
        var error = error
        error.mayHaveCost = !isUnpaid
        let reservations = state.withLock { [error] state in
            customIDs.compactMap { id in
                state.errors[id] = error
                state.seen.insert(id)
                return state.reservations[id]
            }
        }
        for reservation in reservations {
            setting.budget?.settle(reservation, actual: isUnpaid ? .zero : nil)
        }
    }
}
