import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How a process ended.
enum ProgramExit: Sendable, Hashable, CustomStringConvertible {
    /// By itself, with an exit code.
    case code(Int32)
    /// By a signal.
    case signal(Int32)

    /// Takes over what the system says.
    init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .code(code)
        case .signaled(let number): self = .signal(number)
        }
    }

    /// In words, after "ended with".
    var description: String {
        switch self {
        case .code(let code): "exit code \(code)"
        case .signal(let number): "signal \(number)\(Self.names[number].map { " (\($0))" } ?? "")"
        }
    }

    /// What to look at.
    var hint: String? {
        switch self {
        case .code(126), .code(127):
            "the program, or one that it starts, was not found or may not be executed"
        case .signal(SIGKILL), .signal(SIGABRT), .signal(SIGSEGV), .signal(SIGTRAP):
            "it may have needed more memory than memory_mb allows"
        default: nil
        }
    }

    private static let names: [Int32: String] = [
        SIGABRT: "SIGABRT", SIGSEGV: "SIGSEGV", SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP",
        SIGPIPE: "SIGPIPE", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGILL: "SIGILL",
    ]
}
