public import Diagnostics
public import Evals
public import Files
public import Models
import Synchronization

/// A program as a model (kind `exec`): each request is answered by a process of its own.
///
/// The process runs in the project's root without a shell, reads one line of JSON and must exit with 0.
public struct ProgramModel: Answering {
    private let application: ExecApplication
    private let access: ProgramAccess
    private let program: Program
    private let timeout: Duration
    private let clock: @Sendable () -> Duration

    /// Finds the program; throws when it is not there.
    ///
    /// - Parameters:
    ///   - application: The settings of the provider.
    ///   - access: Whether programs may run. Unless they may, the `PATH` is not looked at, and no request is answered.
    ///   - root: Where the project is; nil checks no files.
    ///   - searchPath: The value of `PATH`.
    ///   - naming: The file that names the program: other paths than plain names are relative to it.
    ///   - mark: Where it names it.
    ///   - timeout: How long a process may take.
    ///   - variables: The variables that are passed on beside `PATH`.
    ///   - clock: The time since any moment; measures how long an answer took.
    public init(
        _ application: ExecApplication, access: ProgramAccess, root: ProjectRoot?, searchPath: String?,
        naming: ProjectPath = .root, at mark: SourceMark? = nil, timeout: Duration, variables: [String] = [],
        clock: @escaping @Sendable () -> Duration
    ) throws(DiagnosticError) {
        self.application = application
        self.access = access
        self.timeout = timeout
        self.clock = clock
        // Beside a program lies what it loads: with a trusted commit both are the commit's.
        let finder = ProgramFinder(
            root: access.host?.extractedRoot ?? root, searchPath: access.host == nil ? nil : searchPath ?? "")
        let name = application.command.first ?? ""
        program = Program(
            name: name, executable: try finder.program(name, from: naming, at: mark),
            arguments: Array(application.command.dropFirst()), variables: variables.sorted(),
            memoryMB: ProgramLimits.applicationMemoryMB, life: .oneCase)
    }

    /// What the program prints for a request.
    ///
    /// Throws `refused` when programs may not run, `timeout` when it took too long, `interrupted` when the run was
    /// interrupted, and `provider` for everything else. Latency is the time of the process, without waiting for one.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        guard let host = access.host else {
            throw EvaluationError(
                .refused,
                "the model '\(request.model.name)' runs the program '\(program.name)', which needs --allow-exec",
                hint: "look at what it runs, then run again with --allow-exec")
        }
        let start = StartTime(clock())
        let clock = clock
        let output: [UInt8]
        do throws(ProgramFailure) {
            output = try await host.answer(program, application.input(for: request), timeout: timeout) {
                start.set(clock())
            }
        } catch {
            throw error.modelError(program)
        }
        let took = clock() - start.value
        do throws(CallFailure) {
            var reply = try application.reply(from: output)
            reply.latencyMS = took / .milliseconds(1)
            return Answer(reply: reply, source: .live)
        } catch {
            throw EvaluationError(
                .provider, "'\(program.name)' gave no answer: \(error.message)",
                hint: error.hint
                    ?? "print the answer to standard output, and everything else to standard error")
        }
    }
}

/// When a process began to work on a request.
private final class StartTime: Sendable {
    private let time: Mutex<Duration>

    /// Begins with the time of the request.
    init(_ time: Duration) { self.time = Mutex(time) }

    /// The time.
    var value: Duration { time.withLock { $0 } }

    /// Sets it.
    func set(_ value: Duration) { time.withLock { $0 = value } }
}

extension ProgramFailure {
    /// The error of an execution whose model is a program.
    fileprivate func modelError(_ program: Program) -> EvaluationError {
        let name = program.name
        let kind: EvaluationError.Kind
        let message: String
        var hint: String?
        switch cause {
        case .notStarted(let reason):
            kind = .provider
            message = "'\(name)' could not be started: \(reason)"
            hint = "see that it can be run by hand, and begins with #!"
        case .late(let limit):
            kind = .timeout
            message = "'\(name)' gave no answer within \(limit.milliseconds) ms, and was killed"
            hint = "write a larger timeout_s for the provider"
        case .exited(let exit, _):
            kind = .provider
            message = "'\(name)' ended with \(exit)"
            if case .code(126...127) = exit { hint = exit.hint }
        case .tooMuch:
            kind = .provider
            message = "'\(name)' printed more than \(ProgramLimits.answerBytes >> 20) MiB for one request"
            hint = "print the answer only"
        case .ended, .unasked:
            kind = .provider
            message = "'\(name)' ended without an answer"
        case .interrupted:
            kind = .interrupted
            message = "the run was interrupted before '\(name)' answered"
            hint = "run again"
        case .notServing:
            kind = .provider
            message = "'\(name)' is not run here"
        }
        return EvaluationError(kind, message + shownTail, hint: hint)
    }
}
