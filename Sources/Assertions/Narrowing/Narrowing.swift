package import Diagnostics
package import Evals
import JSON

/// What `transform`, `select` and `xpath` of an assertion make of an answer, read once and applied to many.
package struct Narrowing: Sendable {
    private let steps: [NarrowingStep]

    /// Whether a specification asks for anything of the kind.
    static func isStated(by specification: AssertionSpecification) -> Bool {
        !specification.transform.isEmpty || specification.select != nil || specification.xpath != nil
    }

    /// Reads the options of an assertion; nil where there are none.
    ///
    /// Throws all mistakes in them.
    package init?(_ specification: AssertionSpecification) throws(DiagnosticError) {
        guard Self.isStated(by: specification) else { return nil }
        var steps: [NarrowingStep] = []
        var mistakes: [Diagnostic] = []
        for step in specification.transform {
            do throws(DiagnosticError) {
                steps.append(try NarrowingStep(step, option: "transform", of: specification))
            } catch {
                mistakes += error.diagnostics
            }
        }
        if specification.select != nil, specification.xpath != nil {
            mistakes.append(
                Diagnostic(
                    "two-selections", "'\(specification.writtenType)' has both 'select' and 'xpath'",
                    at: specification.mark,
                    hint: "an answer is JSON or XML; where one is inside the other, write transform: "
                        + "[{select: …}, {xpath: …}]"))
        }
        let last =
            specification.select.map { ("select", TransformStep.select($0)) }
            ?? specification.xpath.map { ("xpath", TransformStep.xpath($0)) }
        if let (option, step) = last {
            do throws(DiagnosticError) {
                steps.append(try NarrowingStep(step, option: option, of: specification))
            } catch {
                mistakes += error.diagnostics
            }
        }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        self.steps = steps
    }

    /// What is left of an answer.
    @Sendable
    package func narrowed(_ subject: Subject) throws(EvaluationError) -> Narrowed {
        var narrowed = subject
        for step in steps {
            switch try step.applied(to: narrowed) {
            case .found(let next): narrowed = next
            case .nothing(let reason, let expected): return .nothing(reason: reason, expected: expected)
            }
        }
        return .found(narrowed)
    }
}

extension Subject {
    /// The same answer with this text to look at.
    func showing(_ text: String) -> Subject {
        var subject = self
        subject.output = text
        subject.selected = nil
        return subject
    }

    /// The same answer with this value to look at: a text is the output, another value is shown as compact JSON.
    ///
    /// A text stays a text: `"42"` is no number, whatever is asked of it.
    func showing(_ value: JSONValue) -> Subject {
        var subject = self
        subject.output = value.string ?? JSONWriter.compact.text(of: value)
        subject.selected = value
        return subject
    }
}
