import Diagnostics
import Evals
import JSON
import Patterns
import Selections
import XML

/// One step of a narrowing, with its pattern or path compiled.
enum NarrowingStep: Sendable {
    /// A step on the text, without an argument.
    case text(TransformStep.Name)
    /// A regular expression.
    case pattern(Pattern)
    /// A JSONPath or JSON Pointer, and how it was written.
    case selection(Selection, String)
    /// An XPath.
    case xpath(XPathExpression)

    /// Compiles a step; `option` is the key under which it was written.
    ///
    /// Throws what the user did wrong.
    init(
        _ step: TransformStep, option: String, of specification: AssertionSpecification
    ) throws(DiagnosticError) {
        let title = "'\(option)' of '\(specification.writtenType)'"
        switch step {
        case .named(let name): self = .text(name)
        case .regexExtract(let source):
            do throws(PatternError) {
                self = .pattern(try Pattern(source))
            } catch {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-pattern", "'regex-extract' of '\(specification.writtenType)': \(error)",
                        at: specification.mark,
                        hint: "in single quotes YAML leaves backslashes as they are: '\\d+'"))
            }
        case .select(let path):
            do throws(SelectionError) {
                self = .selection(try Selection(path), path)
            } catch {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-select", "\(title): \(error.message)", at: specification.mark,
                        hint: Selection.supportedForms))
            }
        case .xpath(let path):
            do throws(XPathError) {
                self = .xpath(try XPathExpression(path))
            } catch {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-xpath", "\(title): \(error.message)", at: specification.mark,
                        hint: "write an XPath 1.0 such as //item[1]/name, /order/@id or count(//item)"))
            }
        }
    }

    /// What the step makes of an answer.
    func applied(to subject: Subject) throws(EvaluationError) -> Narrowed {
        switch self {
        case .text(let name): try Self.applied(name, to: subject)
        case .pattern(let pattern): try Self.extracted(pattern, from: subject)
        case .selection(let selection, let path): try Self.selected(selection, path, from: subject)
        case .xpath(let expression): try Self.selected(expression, from: subject)
        }
    }

    private static func applied(
        _ name: TransformStep.Name, to subject: Subject
    ) throws(EvaluationError) -> Narrowed {
        switch name {
        case .trim: return .found(subject.showing(WhiteSpace.trimmed(subject.output)))
        case .lower: return .found(subject.showing(subject.output.lowercased()))
        case .upper: return .found(subject.showing(subject.output.uppercased()))
        case .stripCodeFence: return .found(subject.showing(CodeFence.stripped(subject.output)))
        case .collapseWhitespace: return .found(subject.showing(WhiteSpace.collapsed(subject.output)))
        case .firstLine, .lastLine:
            let line =
                name == .firstLine
                ? WhiteSpace.firstLine(of: subject.output) : WhiteSpace.lastLine(of: subject.output)
            guard let line else {
                return .nothing(
                    reason: "the answer is blank, so there is nothing for '\(name.rawValue)'",
                    expected: "a line that is not blank")
            }
            return .found(subject.showing(line))
        case .json:
            // A text that was selected may hold JSON, as the arguments of tool calls do.
            let isText = subject.selected?.string != nil
            switch try isText ? JSONAnswer.value(of: subject.output) : JSONAnswer.value(of: subject) {
            case .success(let value):
                var next = subject.showing(value)
                if value.string == nil {
                    next.output = String(decoding: CanonicalJSON.bytes(of: value), as: UTF8.self)
                }
                return .found(next)
            case .failure(let error):
                return .nothing(
                    reason: "\(JSONAnswer.complaint(error, about: subject)), so there is nothing for 'json'",
                    expected: "JSON")
            }
        }
    }

    private static func extracted(
        _ pattern: Pattern, from subject: Subject
    ) throws(EvaluationError) -> Narrowed {
        do throws(PatternError) {
            guard let match = try pattern.firstMatch(in: subject.output) else {
                return .nothing(
                    reason: "'regex-extract' finds nothing: the pattern \(Excerpt.quoted(pattern.source)) "
                        + "matches nowhere", expected: "a match of \(Excerpt.display(pattern.source))")
            }
            guard !match.groups.isEmpty else { return .found(subject.showing(match.text)) }
            guard let text = match.group(1) else {
                return .nothing(
                    reason: "'regex-extract' finds nothing: the pattern \(Excerpt.quoted(pattern.source)) "
                        + "matches, but its first group takes no part",
                    expected: "a match of the first group of \(Excerpt.display(pattern.source))")
            }
            return .found(subject.showing(text))
        } catch {
            throw EvaluationError(
                .assertion, error.message,
                hint: error.kind == .limit
                    ? "write the pattern so that each group can match a text in one way only" : nil)
        }
    }

    private static func selected(
        _ selection: Selection, _ path: String, from subject: Subject
    ) throws(EvaluationError) -> Narrowed {
        let expected = "a value at \(path)"
        switch try JSONAnswer.value(of: subject) {
        case .success(let document):
            do throws(SelectionError) {
                guard let value = try selection.value(in: document) else {
                    return .nothing(reason: "the answer has nothing at \(path)", expected: expected)
                }
                return .found(subject.showing(value))
            } catch {
                throw EvaluationError(
                    .assertion, "'\(path)' could not be followed: \(error.message)",
                    hint: "a path with fewer '..' and filters helps")
            }
        case .failure(let error):
            return .nothing(
                reason: "\(JSONAnswer.complaint(error, about: subject)), so there is nothing at \(path)",
                expected: expected)
        }
    }

    private static func selected(
        _ expression: XPathExpression, from subject: Subject
    ) throws(EvaluationError) -> Narrowed {
        let expected = "a node at \(expression.source)"
        let document: XMLDocument
        switch try XMLAnswer.document(of: subject.output) {
        case .success(let found): document = found
        case .failure(let refusal):
            return .nothing(
                reason: "\(XMLAnswer.complaint(refusal, about: subject)), so there is nothing at "
                    + expression.source, expected: expected)
        }
        do throws(XPathError) {
            guard let value = try document.value(at: expression) else {
                let help =
                    document.hasDefaultNamespace
                    ? "; its elements are in a default namespace, which XPath 1.0 reaches with "
                        + "*[local-name()='NAME'] only" : ""
                return .nothing(
                    reason: "the answer has nothing at \(expression.source)\(help)", expected: expected)
            }
            switch value {
            case .texts(let texts) where texts.count == 1: return .found(subject.showing(texts[0]))
            case .texts(let texts): return .found(subject.showing(.array(texts.map { .string($0) })))
            case .text(let text): return .found(subject.showing(text))
            case .bool(let bool): return .found(subject.showing(.bool(bool)))
            case .number(let number):
                guard let number = JSONNumber(number) else {
                    return .nothing(
                        reason: "\(expression.source) gives no number: what it adds or reads is no number",
                        expected: "a number at \(expression.source)")
                }
                return .found(
                    subject.showing(.number(JSONNumber(text: ScalarText.text(of: number)) ?? number)))
            }
        } catch {
            throw EvaluationError(
                .assertion, "the XPath \(expression.source) could not be evaluated: \(error.message)",
                hint: "a path without '//' in a predicate takes fewer steps")
        }
    }
}
