import Assertions
import Evals
import Judges
import Programs

extension AssertionCatalog {
    /// All types that the program knows.
    ///
    /// - Parameter programs: Those that run programs.
    static func complete(_ programs: ProgramAssertions) -> AssertionCatalog {
        standard(adding: programs.descriptors + JudgeCatalog.descriptors)
    }

    /// All types that the program knows, for documents: none of them runs a program.
    static let known = complete(ProgramAssertions(access: .checkedOnly))
}
