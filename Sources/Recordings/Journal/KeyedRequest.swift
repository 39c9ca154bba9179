import Evals

/// A request, redacted, with its key.
///
/// A class, since every call in flight holds one.
final class KeyedRequest: Sendable {
    /// The redacted request.
    let redacted: ModelRequest
    /// Its key.
    let key: String
    /// True when redaction changed something: other requests may have the same key.
    let isChanged: Bool
    /// What requests have in common that may share an answer within this process; never stored.
    let sharing: String
    private let redactor: Redactor
    private let numbering: Redactor.Numbering

    /// Redacts a request and hashes it; `refused` for one that must not be stored.
    init(_ request: ModelRequest, redactor: Redactor) throws(EvaluationError) {
        var numbering = Redactor.Numbering()
        redacted = try redactor.redact(request, numbering: &numbering)
        guard !redactor.hasSecret(redacted) else {
            throw EvaluationError(
                .refused, "the request holds the value of a key variable, and was not sent",
                hint: "take the key out of the prompt, the case or the dataset")
        }
        key = RequestKey.sha256(of: redacted)
        isChanged = redacted != request
        sharing = isChanged ? "\(key) \(RequestKey.sha256(of: request))" : key
        self.redactor = redactor
        self.numbering = numbering
    }

    /// The reply with its secrets replaced, numbered on from those of the request; one that is redacted already
    /// stays as it is.
    func redact(_ reply: Reply) throws(EvaluationError) -> Reply {
        var numbering = numbering
        return try redactor.redact(reply, to: redacted.site.purpose, numbering: &numbering)
    }
}
