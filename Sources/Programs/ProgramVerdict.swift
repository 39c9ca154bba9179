import Assertions
import Evals
import JSON

/// What a program says of an answer.
struct ProgramVerdict {
    /// The name of the program, for messages.
    let name: String
    /// The score to reach, where one is written.
    let threshold: Double?
    /// What was expected, for display.
    let expected: String

    private static let forms = "it must be true, false, a number with a threshold, or {pass, score, reason}"

    /// The judgement in the bytes that a program printed: one JSON value and nothing else.
    func judgement(_ bytes: [UInt8], on subject: Subject) throws(EvaluationError) -> Judgement {
        try judgement(try value(bytes), on: subject)
    }

    /// The JSON value that a program printed.
    func value(_ bytes: [UInt8]) throws(EvaluationError) -> JSONValue {
        do throws(JSONParseError) {
            return try JSONParser(rejectsDuplicateKeys: true).parse(bytes: bytes)
        } catch {
            let printed = String(decoding: bytes.prefix(2000), as: UTF8.self)
            throw EvaluationError(
                .assertion,
                printed.allSatisfy(\.isWhitespace)
                    ? "'\(name)' printed nothing"
                    : "'\(name)' printed what is not one JSON value: \(Excerpt.quoted(printed)) (\(error.message))",
                hint: "print the verdict as JSON to standard output, and everything else to standard error")
        }
    }

    /// The judgement in a value.
    func judgement(_ value: JSONValue, on subject: Subject) throws(EvaluationError) -> Judgement {
        let actual = Excerpt.display(subject.output)
        switch value {
        case .bool(let passes):
            return Judgement(
                passed: passes && reaches(passes ? 1 : 0), reason: "'\(name)' says \(passes)",
                expected: expected,
                actual: actual)
        case .number(let number):
            guard let threshold else {
                throw mistake(
                    "says \(Excerpt.display(number.text)), and there is no threshold to reach",
                    hint: "write `threshold:` beside it, or let it say true or false")
            }
            let score = try score(number)
            let passed = reaches(score)
            return Judgement(
                passed: passed, score: score,
                reason: "'\(name)' says \(Threshold.text(score)), which \(passed ? "reaches" : "is below") "
                    + "the threshold \(Threshold.text(threshold))", expected: expected, actual: actual)
        case .object(let members):
            var judgement = try judgement(members)
            judgement.expected = expected
            judgement.actual = actual
            return judgement
        default: throw mistake("says \(Excerpt.quoted(JSONWriter.compact.text(of: value)))", hint: Self.forms)
        }
    }

    private func judgement(_ members: JSONObject) throws(EvaluationError) -> Judgement {
        let pass = members["pass"] ?? members["pass_"]
        if let pass, pass.bool == nil {
            throw mistake(
                "says pass: \(Excerpt.quoted(JSONWriter.compact.text(of: pass)))",
                hint: "true or false is meant")
        }
        var score: Double?
        if let written = members["score"], !written.isNull {
            guard let number = written.number else {
                throw mistake(
                    "says score: \(Excerpt.quoted(JSONWriter.compact.text(of: written)))",
                    hint: "a number from 0 to 1 is meant")
            }
            score = try self.score(number)
        }
        guard pass != nil || score != nil else {
            throw mistake("says neither pass nor score", hint: Self.forms)
        }
        guard pass != nil || threshold != nil else {
            throw mistake(
                "says a score alone, and there is no threshold to reach",
                hint: "write `threshold:` beside it, or let it say `pass` too")
        }
        let passes = pass?.bool ?? true
        let reached = score ?? (passes ? 1 : 0)
        return Judgement(
            passed: passes && reaches(reached), score: reached,
            reason: try reason(members, passes, reached), inner: try inner(members))
    }

    private func reason(_ members: JSONObject, _ passes: Bool, _ score: Double) throws(EvaluationError)
        -> String
    {
        var reason = "'\(name)' says \(passes ? "pass" : "fail"), score \(Threshold.text(score))"
        if let written = members["reason"], !written.isNull {
            guard let text = written.string else {
                throw mistake("gives a reason that is no text", hint: nil)
            }
            if !text.isEmpty { reason = Excerpt.display(text) }
        }
        guard let threshold, passes, !reaches(score) else { return reason }
        return
            "the score \(Threshold.text(score)) is below the threshold \(Threshold.text(threshold)): \(reason)"
    }

    /// The parts of a verdict that promptfoo's scripts give, for display: they decide nothing by themselves.
    private func inner(_ members: JSONObject) throws(EvaluationError) -> [AssertionResult] {
        guard let parts = members["componentResults"] ?? members["component_results"], !parts.isNull else {
            return []
        }
        guard let list = parts.array else {
            throw mistake("gives componentResults that are no list", hint: nil)
        }
        var results: [AssertionResult] = []
        for part in list {
            guard let members = part.object else {
                throw mistake("gives componentResults with an entry that is no mapping", hint: nil)
            }
            let verdict = ProgramVerdict(name: name, threshold: nil, expected: "")
            let judgement = try verdict.judgement(members)
            results.append(
                AssertionResult(
                    type: members["assertion"]?["type"]?.string ?? "part", passed: judgement.passed,
                    score: judgement.score, weight: 0, reason: judgement.reason, inner: judgement.inner))
        }
        return results
    }

    private func reaches(_ score: Double) -> Bool {
        threshold.map { Threshold.isReached($0, by: score) } ?? true
    }

    private func score(_ number: JSONNumber) throws(EvaluationError) -> Double {
        let score = number.double
        guard score >= 0, score <= 1 else {
            throw mistake(
                "says \(Excerpt.display(number.text)), which is no score from 0 to 1",
                hint: "divide it, or compare it")
        }
        return score
    }

    private func mistake(_ message: String, hint: String?) -> EvaluationError {
        EvaluationError(.assertion, "'\(name)' \(message)", hint: hint)
    }
}
