import Evals
import JSON

extension Exchange {
    /// True for a recording that was made anew for an unchanged request, with another answer.
    var isRerolled: Bool { rerolled > 0 }

    /// The exchange as it stands once it has taken the place of older ones: with their marks, and one more when it
    /// has the request of one and another answer.
    func replacing(_ olds: [Exchange]) -> Exchange {
        var copy = self
        for old in olds where old.requestSHA256 == requestSHA256 {
            copy.rerolled += old.rerolled + (says(theSameAs: old) ? 0 : 1)
        }
        copy.rerolled = min(copy.rerolled, Self.maximumRerolled)
        return copy
    }

    /// Whether two answers to the same request say the same.
    ///
    /// What of them counts depends on what was asked.
    private func says(theSameAs old: Exchange) -> Bool {
        let kind = purpose.prefix { $0 != "/" }
        let (mine, other) = (response, old.response)
        guard mine.toolCalls.map(Self.unnamed) == other.toolCalls.map(Self.unnamed) else { return false }
        if kind == "answer" { return mine.content == other.content && mine.refusal == other.refusal }
        guard (mine.refusal == nil) == (other.refusal == nil) else { return false }
        if kind == Inquiry.Kind.embedding.rawValue {
            guard let vector = RecordedEmbedding(mine.content),
                let oldVector = RecordedEmbedding(other.content)
            else { return mine.content == other.content }
            return vector.isNear(oldVector)
        }
        guard let content = judged(mine, kind), let oldContent = judged(other, kind) else {
            return mine.content == other.content
        }
        return content == oldContent
    }

    private func judged(_ reply: Reply, _ kind: Substring) -> JudgedContent? {
        kind == Inquiry.Kind.moderation.rawValue
            ? JudgedContent(moderation: reply)
            : JudgedContent(verdict: reply, schema: request["output_schema"])
    }

    /// A tool call without its id, which is another one each time.
    private static func unnamed(_ call: JSONValue) -> JSONValue {
        guard var members = call.object else { return call }
        members["id"] = nil
        return .object(members)
    }
}
