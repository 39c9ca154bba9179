public import Diagnostics
public import Evals
public import Files
import Synchronization

/// The types of assertion that run programs, for one command.
public struct ProgramAssertions: Sendable {
    private let access: ProgramAccess
    private let finder: ProgramFinder
    private let trust: ProgramTrust?
    private let ledger = VariableLedger()

    /// Prepares the types.
    ///
    /// - Parameters:
    ///   - access: Whether they may run.
    ///   - root: Where their files are; nil checks no files.
    ///   - searchPath: The value of `PATH` that programs are looked for on; only looked at when they may run.
    ///   - trust: Which programs may run at all; nil: every one that the suites name.
    public init(
        access: ProgramAccess, root: ProjectRoot? = nil, searchPath: String? = nil,
        trust: ProgramTrust? = nil
    ) {
        self.access = access
        self.trust = trust
        finder = ProgramFinder(
            root: trust?.extracted?.root ?? root,
            searchPath: access.host == nil ? nil : searchPath ?? "")
    }

    /// The types, for a catalog.
    public var descriptors: [AssertionDescriptor] {
        [ExecAssertion(self).descriptor] + ScriptLanguage.all.map { ScriptAssertion(self, $0).descriptor }
    }

    /// The mistakes in what was compiled so far: variables that are to be passed on although they may hold keys.
    public func mistakes(keyVariables: [String]) -> [Diagnostic] {
        ledger.uses.filter { keyVariables.contains($0.name) }.map { use in
            Diagnostic(
                "key-variable",
                "'\(use.name)' may hold the key of a provider, and is not passed on to programs",
                at: use.mark, hint: "take it out of `env:`")
        }
    }

    // MARK: - For the types

    /// Refuses an assertion that the command line does not allow, or that is not trusted.
    func permit(_ specification: AssertionSpecification) throws(DiagnosticError) {
        guard case .refused = access else {
            try trust?.permit(specification)
            return
        }
        throw DiagnosticError(
            Diagnostic(
                "exec-not-allowed", "'\(specification.writtenType)' runs a program, which was not allowed",
                at: specification.mark,
                hint: "look at what it runs, then run again with --allow-exec"))
    }

    /// Finds programs.
    ///
    /// - Parameters:
    ///   - arguments: What is handed to the program: files of the project among them are judged too.
    func find(
        _ written: String, arguments: [String] = [], _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> String {
        if let trust {
            let mark = specification.valueMark
            if written.contains("/") { try trust.permit(try finder.file(written, specification), at: mark) }
            try trust.permit(words: arguments, at: mark)
        }
        let found = try finder.program(written, specification)
        if !written.contains("/") { try trust?.permit(found: found, at: specification.valueMark) }
        return found
    }

    /// Finds scripts: the absolute path, or without a project the one in it.
    func script(_ written: String, _ specification: AssertionSpecification) throws(DiagnosticError) -> String
    {
        let path = try finder.file(written, specification)
        try trust?.permit(path, at: specification.valueMark)
        return finder.root?.absolute(path) ?? path.text
    }

    /// Takes note of the variables that an assertion passes on.
    func note(_ variables: [String], _ specification: AssertionSpecification) {
        ledger.add(variables.map { VariableLedger.Use(name: $0, mark: specification.mark) })
    }

    /// What a program answers.
    func answer(
        _ program: Program, _ request: [UInt8], timeout: Duration
    ) async throws(EvaluationError) -> [UInt8] {
        guard let host = access.host else {
            throw EvaluationError(.assertion, "'\(program.name)' is a program, and this command runs none")
        }
        do throws(ProgramFailure) {
            return try await host.answer(program, request, timeout: timeout)
        } catch {
            throw error.evaluationError(program)
        }
    }
}

/// The variables that assertions pass on to their programs.
private final class VariableLedger: Sendable {
    /// A variable and the assertion that names it.
    struct Use: Hashable {
        var name: String
        var mark: SourceMark
    }

    private let known = Mutex<Set<Use>>([])

    /// All uses, in the order of their places.
    var uses: [Use] { known.withLock { Array($0) }.sorted { ($0.mark, $0.name) < ($1.mark, $1.name) } }

    /// Adds uses.
    func add(_ uses: [Use]) { known.withLock { $0.formUnion(uses) } }
}
