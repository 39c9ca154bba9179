import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// One process of a program, from its first call to its end.
final class ProgramWorker: Sendable {
    /// Its number in the roster.
    let id: WorkerRoster.WorkerID
    private let program: Program
    private let host: ProgramHost
    private let calls: AsyncStream<ProgramCall>
    private let desk: AsyncStream<ProgramCall>.Continuation
    private let interruption = Mutex<(call: ProgramCall?, isRequested: Bool)>((nil, false))

    /// Prepares a worker; the process starts with the first call.
    init(id: WorkerRoster.WorkerID, program: Program, host: ProgramHost) {
        self.id = id
        self.program = program
        self.host = host
        (calls, desk) = AsyncStream<ProgramCall>.makeStream()
    }

    /// Hands it a call; it must be idle or new.
    func assign(_ call: ProgramCall) { desk.yield(call) }

    /// Lets it go once it is idle.
    func retire() { desk.finish() }

    /// Ends it at once; its call fails.
    func interrupt() {
        desk.finish()
        let call = interruption.withLock { state in
            state.isRequested = true
            return state.call
        }
        call?.cancel()
    }

    /// Serves calls until it is let go or its process ends.
    func run() async {
        var waiting = calls.makeAsyncIterator()
        if let first = await waiting.next() {
            let manner = host.manner(of: program)
            await serve(first, manner, &waiting)
        }
        host.hasEnded(id)
    }

    private func serve(
        _ first: ProgramCall, _ manner: ProgramManner, _ waiting: inout AsyncStream<ProgramCall>.Iterator
    ) async {
        let tail = ErrorTail()
        do {
            let result = try await Subprocess.run(
                configuration, input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                let session = WorkerSession(
                    handle: ProcessHandle(execution.processIdentifier.value),
                    writer: execution.standardInputWriter, box: OutputBox(limit: ProgramLimits.answerBytes))
                return await withTaskGroup(of: Void.self) { readers in
                    readers.addTask { await Self.read(execution.standardOutput, into: session) }
                    readers.addTask { await Self.read(execution.standardError, into: tail) }
                    let ending =
                        switch manner {
                        case .once: await once(first, session)
                        case .kept(let patience): await kept(first, patience, session, &waiting)
                        }
                    await session.end()
                    await readers.waitForAll()
                    return ending
                }
            }
            conclude(result.closureResult, manner, ProgramExit(result.terminationStatus), tail.text)
        } catch {
            let call = interruption.withLock(\.call) ?? first
            call.finish(.failure(ProgramFailure(.notStarted(Self.reason(error)), tail: tail.text)))
        }
    }

    /// What a process ended with.
    private enum Ending: Sendable {
        /// Without a call that waits for an answer.
        case idle
        /// With the output of its only call.
        case once(ProgramCall, OutputBox.Piece, isLate: Bool, took: Duration)
        /// With a call that got no answer, after so many that did.
        case failed(ProgramCall, ProgramFailure.Cause, served: Int)
    }

    private var configuration: Configuration {
        var options = PlatformOptions()
        // A session of its own: no terminal, and a group that can be killed as a whole.
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)
        ]
        var variables: [[UInt8]] = []
        for name in ["PATH"] + program.variables {
            if let value = host.environment(name) { variables.append(Array("\(name)=\(value)\0".utf8)) }
        }
        return Configuration(
            executable: .path(FilePath(LimitedStart.shell)),
            arguments: Arguments(LimitedStart.arguments(of: program)),
            environment: .custom(variables), workingDirectory: FilePath(host.folder), platformOptions: options
        )
    }

    // MARK: - Calls

    private func once(_ call: ProgramCall, _ session: WorkerSession) async -> Ending {
        guard begin(call, session) else { return .idle }
        let start = ContinuousClock.now
        let (piece, isLate) = await session.exchange(call, patience: .zero) {
            let piece = await session.box.all()
            // What it exits with is a part of the answer; the alarm goes on.
            if case .end = piece { _ = await session.handle.waitForExit(atMost: call.timeout) }
            return piece
        }
        return .once(call, piece, isLate: isLate, took: ContinuousClock.now - start)
    }

    private func kept(
        _ first: ProgramCall, _ patience: Duration?, _ session: WorkerSession,
        _ waiting: inout AsyncStream<ProgramCall>.Iterator
    ) async -> Ending {
        var served = 0
        var call = first
        if program.greets, let ending = await greeting(first, session) { return ending }
        var patience = patience
        while true {
            if begin(call, session) {
                // A program that does not look at its first request may answer before it comes.
                if served > 0, session.box.hasOutput {
                    return .failed(call, .unasked(session.box.excerpt), served: served)
                }
                let (piece, isLate) = await session.exchange(
                    call, patience: patience.map { min($0, call.timeout / 2) }
                ) { await session.box.line() }
                if isLate { return .failed(call, .late(call.timeout), served: served) }
                switch piece {
                case .tooMuch: return .failed(call, .tooMuch, served: served)
                case .end(let rest): return .failed(call, .ended(rest), served: served)
                case .line(let line):
                    if session.box.hasOutput {
                        return .failed(call, .unasked(line + [0x0A] + session.box.excerpt), served: served)
                    }
                    if patience != nil {
                        guard !session.isInputClosed else { return await endsAfterOne(call, line, session) }
                        host.learn(.staysOpen, of: program)
                        patience = nil
                    }
                    served += 1
                    // Before the answer, so that who gets it and asks again finds an idle worker.
                    host.isIdle(id)
                    call.finish(.success(line))
                }
            } else if session.handle.hasExited {
                return .idle
            } else {
                host.isIdle(id)
            }
            guard let next = await waiting.next() else { return .idle }
            call = next
        }
    }

    /// Waits until a worker of our own is ready; its end, when it never is.
    private func greeting(_ call: ProgramCall, _ session: WorkerSession) async -> Ending? {
        guard begin(call, session) else { return .idle }
        let limit = max(ProgramLimits.start, call.timeout)
        let isLate = Mutex(false)
        let piece = await Alarm.set(after: limit) {
            isLate.withLock { $0 = true }
            session.handle.kill()
        } during: {
            await session.box.line()
        }
        if isLate.withLock({ $0 }) { return .failed(call, .late(limit), served: 0) }
        switch piece {
        case .line: return nil
        case .tooMuch: return .failed(call, .tooMuch, served: 0)
        case .end(let rest): return .failed(call, .ended(rest), served: 0)
        }
    }

    /// The process on trial answered only after its input ended; it must exit like the one before.
    private func endsAfterOne(_ call: ProgramCall, _ line: [UInt8], _ session: WorkerSession) async -> Ending
    {
        guard await session.handle.waitForExit(atMost: call.timeout) else {
            return .failed(call, .late(call.timeout), served: 0)
        }
        // What it printed behind its answer belongs to it, and makes it no verdict.
        guard case .end(let rest) = await session.box.all() else { return .failed(call, .tooMuch, served: 0) }
        return .once(call, .end(rest.isEmpty ? line : line + [0x0A] + rest), isLate: false, took: .zero)
    }

    private func begin(_ call: ProgramCall, _ session: WorkerSession) -> Bool {
        let isInterrupted = interruption.withLock { state in
            state.call = call
            return state.isRequested
        }
        if isInterrupted { call.cancel() }
        return call.begin { session.handle.kill() }
    }

    // MARK: - Ends

    private func conclude(_ ending: Ending, _ manner: ProgramManner, _ exit: ProgramExit, _ tail: String) {
        switch ending {
        case .idle:
            if case .kept(.some) = manner, host.habit(of: program) == .onTrial {
                host.learn(.unknown, of: program)
            }
        case .once(let call, let piece, let isLate, let took):
            let failure: ProgramFailure.Cause? =
                switch piece {
                case _ where isLate: .late(call.timeout)
                case .tooMuch: .tooMuch
                case .end(let bytes) where exit != .code(0): .exited(exit, bytes)
                case .line, .end: nil
                }
            if program.life == .foundOut {
                if case .kept = manner {
                    host.learn(failure == nil ? .endsAfterOne : .unknown, of: program)
                } else if failure == nil, host.habit(of: program) == .unknown {
                    host.learn(.tried(took), of: program)
                }
            }
            if let failure {
                call.finish(.failure(ProgramFailure(failure, tail: tail)))
            } else if case .end(let bytes) = piece {
                call.finish(.success(bytes))
            }
        case .failed(let call, let cause, let served):
            if case .ended(let rest) = cause {
                if served > 0, rest.isEmpty, exit == .code(0) {
                    // It had ended by itself after its last answer, and never saw this request.
                    if program.life == .foundOut { host.learn(.endsAfterOne, of: program) }
                    return host.redo(call, program)
                }
                call.finish(.failure(ProgramFailure(.exited(exit, rest), tail: tail)))
            } else {
                call.finish(.failure(ProgramFailure(cause, tail: tail)))
            }
            if host.habit(of: program) == .onTrial { host.learn(.unknown, of: program) }
        }
    }

    private static func read(_ output: SubprocessOutputSequence, into session: WorkerSession) async {
        do {
            for try await buffer in output {
                guard buffer.withUnsafeBytes({ session.box.append($0) }) else {
                    session.handle.kill()
                    break
                }
            }
        } catch {
            // The process is gone, or soon will be: what it printed so far is all.
        }
        session.box.finish()
    }

    private static func read(_ errors: SubprocessOutputSequence, into tail: ErrorTail) async {
        do {
            for try await buffer in errors { buffer.withUnsafeBytes { tail.append($0) } }
        } catch {
            // The end of it, as above.
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? SubprocessError, let number = error.underlyingError else {
            return "\(error)"
        }
        return "\(number)"
    }
}
