package import Evals
package import JSON

/// An answer read as JSON.
package enum JSONAnswer {
    /// The value of the answer: what `select` took, or else the whole text, which must be JSON alone.
    ///
    /// A failure says that the text is not JSON. A text that may be JSON but can't be read here is an error, so that
    /// `not-is-json` does not pass for it.
    package static func value(of subject: Subject) throws(EvaluationError) -> Result<
        JSONValue, JSONParseError
    > {
        if let selected = subject.selected { return .success(selected) }
        return try value(of: subject.output)
    }

    /// The same for a text.
    static func value(of text: String) throws(EvaluationError) -> Result<JSONValue, JSONParseError> {
        do throws(JSONParseError) {
            return .success(try JSONParser().parse(text))
        } catch {
            guard error.kind == .unsupported else { return .failure(error) }
            throw EvaluationError(
                .assertion,
                "the answer could not be read as JSON: \(error.message) (line \(error.line), column \(error.column))",
                hint: "look at the answer: it may be JSON, but not JSON that every program reads alike")
        }
    }

    /// Why the answer is not JSON, in words that help.
    static func complaint(_ error: JSONParseError, about subject: Subject) -> String {
        let text = WhiteSpace.trimmed(subject.output)
        if text.isEmpty { return "the answer is empty, which is not JSON" }
        let place = "line \(error.line), column \(error.column)"
        if text.utf8.starts(with: "```".utf8) {
            return "the answer is not JSON: it begins with a code fence (```)"
        }
        return "the answer is not JSON: \(error.message) (\(place))"
    }
}
