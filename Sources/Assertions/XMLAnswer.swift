import Evals
import XML

/// An answer read as XML.
enum XMLAnswer {
    /// The document that a text is.
    ///
    /// A failure says why it is none. A text that may be XML and can't be read here is an error, so that `not-is-xml`
    /// does not pass for it.
    static func document(of text: String) throws(EvaluationError) -> Result<XMLDocument, XMLRefusal> {
        do throws(XMLRefusal) { return .success(try XMLDocument(text)) } catch {
            guard error.kind == .limit else { return .failure(error) }
            throw EvaluationError(
                .assertion, "the answer could not be read as XML: \(error.message)",
                hint: "look at the answer: it may be XML, but larger or deeper than can be checked here")
        }
    }

    /// Why the answer is not XML, in words that help.
    static func complaint(_ refusal: XMLRefusal, about subject: Subject) -> String {
        let text = WhiteSpace.trimmed(subject.output)
        if text.isEmpty { return "the answer is empty, which is not XML" }
        if text.utf8.starts(with: "```".utf8) {
            return "the answer is not XML: it begins with a code fence (```)"
        }
        if text.utf8.first != UInt8(ascii: "<"), text.unicodeScalars.first != "\u{FEFF}" {
            return "the answer is not XML: it does not begin with '<'"
        }
        return "the answer is not well-formed XML: \(refusal.message)"
    }
}
