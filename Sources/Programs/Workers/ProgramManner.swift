/// How a process is used.
enum ProgramManner: Sendable, Hashable {
    /// For one call: its input ends behind the request.
    case once
    /// For many calls; with a patience, its input ends when it is silent for longer.
    case kept(patience: Duration?)
}

extension ProgramHost {
    /// How the next process of a program is used.
    func manner(of program: Program) -> ProgramManner {
        switch program.life {
        case .oneCase: return .once
        case .manyCases: return .kept(patience: nil)
        case .foundOut: return foundOutManner(of: program)
        }
    }
}
