import Programs

extension ProgramHost {
    /// Runs the body while programs may run; an interrupt kills them, and nothing that they started outlives it.
    func run<R>(
        processes: Int, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R
    ) async throws -> R {
        OrphanKeeper.adopt()
        defer { OrphanKeeper.killAll() }
        return try await serving(
            processes: processes, isInterrupted: { Interruption.isRequested }, isolation: isolation, body)
    }
}
