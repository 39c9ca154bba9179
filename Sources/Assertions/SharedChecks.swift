import Diagnostics
import Evals

/// What is checked of every assertion whatever its type.
enum SharedChecks {
    /// The descriptor with the shared checks before its own.
    static func added(to descriptor: AssertionDescriptor) -> AssertionDescriptor {
        var checked = descriptor
        let compile = descriptor.compile
        checked.compile = { (specification: AssertionSpecification) throws(DiagnosticError) in
            try check(specification)
            let narrowing = try Narrowing(specification)
            var assertion = try compile(specification)
            assertion.narrow = narrowing?.narrowed
            return assertion
        }
        return checked
    }

    private static func check(_ specification: AssertionSpecification) throws(DiagnosticError) {
        guard specification.weight.isFinite, specification.weight >= 0 else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-weight", "the weight of '\(specification.writtenType)' is not a number from 0 up",
                    at: specification.mark,
                    hint: "leave it out for 1, or write 0 for an assertion that reports and never decides"))
        }
    }
}
