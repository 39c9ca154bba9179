public import Diagnostics
public import Evals
public import Files
import JSON

/// Everything that a plan asks: calls its argument with each request, in the plan's order.
public typealias PlannedRequests = (
    (ModelRequest) throws(DiagnosticError) -> Void
) throws(DiagnosticError) -> Void

/// Writes recordings from answers that someone has: `fixtures import ANSWERS.jsonl`.
///
/// Each line is `{suite, case, prompt?, model?, sample?, step?, content, …}` or has `response: {…}` with the members
/// of a recorded response. `prompt` and `model` may be left out where the case has only one.
public struct FixtureImport {
    /// What was imported.
    public struct Outcome: Sendable, Hashable {
        /// The number of answers.
        public var answers: Int
        /// The files written, in order.
        public var paths: [String]
    }

    private struct Address: Hashable {
        var suite: String
        var caseID: String
    }

    private let store: FixtureStore
    private let redactor: Redactor
    private let recordedAt: String?

    /// Creates an import.
    ///
    /// - Parameter recordedAt: the time for answers that have none, as RFC 3339 in UTC.
    public init(store: FixtureStore, redactor: Redactor = .standard, recordedAt: String?) {
        self.store = store
        self.redactor = redactor
        self.recordedAt = recordedAt
    }

    /// Reads the answers, finds what they answer in the plan, and writes the recordings.
    ///
    /// All mistakes of all lines come at once, and then nothing is written. An older recording of the same purpose,
    /// step and sample is replaced.
    public func run(_ lines: ByteStream, plan: PlannedRequests) throws(DiagnosticError) -> Outcome {
        var bag = DiagnosticBag()
        let answers = try read(lines, into: &bag)
        var byCase: [Address: [Int]] = [:]
        for (index, answer) in answers.enumerated() {
            byCase[Address(suite: answer.suite, caseID: answer.caseID), default: []].append(index)
        }
        var answered = [CallSite?](repeating: nil, count: answers.count)
        var knownCases: Set<Address> = []
        var writer = RecordingWriter(store: store)
        let file = lines.shown
        try plan { (request) throws(DiagnosticError) in
            let address = Address(suite: request.site.suite, caseID: request.site.caseID)
            guard let candidates = byCase[address] else { return }
            knownCases.insert(address)
            let matching = candidates.filter { answers[$0].answers(request) }
            guard let index = matching.first else { return }
            for other in matching.dropFirst() {
                bag.add(
                    Diagnostic(
                        "duplicate-answer", "line \(answers[index].line) answers the same request already",
                        at: SourceMark(file: file, line: answers[other].line),
                        hint: "keep one of the two lines, or tell them apart by prompt, model or sample"))
                answered[other] = request.site
            }
            if let earlier = answered[index] {
                bag.add(
                    Self.ambiguous(
                        earlier, request.site, at: SourceMark(file: file, line: answers[index].line)))
                return
            }
            answered[index] = request.site
            do throws(EvaluationError) {
                var numbering = Redactor.Numbering()
                let clean = try redactor.redact(request, numbering: &numbering)
                guard !redactor.hasSecret(clean) else {
                    bag.add(
                        Self.secret(in: request.site, at: SourceMark(file: file, line: answers[index].line)))
                    return
                }
                let reply = try redactor.redact(answers[index].reply, numbering: &numbering)
                writer.add(
                    Exchange(
                        request: clean, response: reply, recordedAt: answers[index].recordedAt ?? recordedAt),
                    at: clean.site)
            } catch {
                bag.add(
                    Diagnostic(
                        "redaction-failed", error.message,
                        at: SourceMark(file: file, line: answers[index].line), hint: error.hint))
            }
        }
        for (index, answer) in answers.enumerated() where answered[index] == nil {
            let isKnown = knownCases.contains(Address(suite: answer.suite, caseID: answer.caseID))
            bag.add(Self.unknown(answer, isKnownCase: isKnown, at: SourceMark(file: file, line: answer.line)))
        }
        guard !bag.hasErrors else { throw DiagnosticError(bag.sorted) }
        return Outcome(answers: answers.count, paths: try writer.commit())
    }

    private func read(
        _ stream: ByteStream, into bag: inout DiagnosticBag
    ) throws(DiagnosticError) -> [ImportedAnswer] {
        var answers: [ImportedAnswer] = []
        let parser = JSONParser(rejectsDuplicateKeys: true)
        var lines = FileLines(stream)
        do throws(FileError) {
            while let line = try lines.next() {
                guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
                do throws(JSONParseError) {
                    let json = try parser.parse(bytes: line)
                    do throws(RecordingMistake) {
                        answers.append(try ImportedAnswer(json: json, line: lines.number))
                    } catch {
                        let mark = SourceMark(file: stream.shown, line: lines.number)
                        bag.add(Diagnostic("invalid-answer", error.message, at: mark))
                    }
                } catch {
                    let mark = SourceMark(file: stream.shown, line: lines.number, column: error.column)
                    bag.add(
                        Diagnostic(
                            "invalid-json", error.message, at: mark, hint: "write one JSON object a line"))
                }
            }
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
        return answers
    }

    private static func secret(in site: CallSite, at mark: SourceMark) -> Diagnostic {
        Diagnostic(
            "secret-in-request",
            "the request of the case '\(site.caseID)' holds the value of a key variable, and would be stored with it",
            at: mark,
            hint: "take the key out of the prompt, the case or the dataset; and replace it, it has leaked")
    }

    private static func ambiguous(_ first: CallSite, _ second: CallSite, at mark: SourceMark) -> Diagnostic {
        Diagnostic(
            "ambiguous-answer",
            "the line could answer \(first.prompt) on \(first.model) and \(second.prompt) on \(second.model)",
            at: mark, hint: "add \"prompt\" and \"model\" to the line")
    }

    private static func unknown(_ answer: ImportedAnswer, isKnownCase: Bool, at mark: SourceMark)
        -> Diagnostic
    {
        guard isKnownCase else {
            return Diagnostic(
                "unknown-answer", "the plan has no case '\(answer.caseID)' in a suite '\(answer.suite)'",
                at: mark,
                hint:
                    "`evalrun fixtures stale` lists the cases that wait for an answer; mind capitals and spaces"
            )
        }
        let prompt = answer.prompt.map { " with prompt \($0)" } ?? ""
        let model = answer.model.map { " on \($0)" } ?? ""
        return Diagnostic(
            "unknown-answer",
            "the case '\(answer.caseID)' asks for no sample \(answer.sample) of step \(answer.step)\(prompt)\(model)",
            at: mark,
            hint:
                "`evalrun fixtures stale` lists what waits for an answer: file (PROMPT.MODEL), case and #sample"
        )
    }
}
