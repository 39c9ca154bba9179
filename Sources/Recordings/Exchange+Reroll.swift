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
    /// Numbers of embeddings differ in their last digits from call to call, as the scores of a moderation do. A judge
    /// that gives the same verdict in other words has not changed its mind.
    private func says(theSameAs old: Exchange) -> Bool {
        let kind = purpose.prefix { $0 != "/" }
        if kind == Inquiry.Kind.embedding.rawValue { return true }
        let (mine, other) = (response, old.response)
        guard mine.toolCalls.map(Self.unnamed) == other.toolCalls.map(Self.unnamed) else { return false }
        if kind == "answer" { return mine.content == other.content && mine.refusal == other.refusal }
        guard (mine.refusal == nil) == (other.refusal == nil) else { return false }
        guard let verdict = Self.verdict(mine.content), let otherVerdict = Self.verdict(other.content) else {
            return mine.content == other.content
        }
        return kind == Inquiry.Kind.moderation.rawValue
            ? Self.without(verdict, numbers: true) == Self.without(otherVerdict, numbers: true)
            : Self.without(verdict, numbers: false) == Self.without(otherVerdict, numbers: false)
    }

    /// A tool call without its id, which is another one each time.
    private static func unnamed(_ call: JSONValue) -> JSONValue {
        guard var members = call.object else { return call }
        members["id"] = nil
        return .object(members)
    }

    private static func verdict(_ content: String?) -> JSONValue? {
        content.flatMap { try? JSONParser(maximumDepth: 64).parse($0) }
    }

    /// A verdict without its reasons, and without its numbers where they say nothing; as deep as `verdict` reads.
    private static func without(_ value: JSONValue, numbers: Bool) -> JSONValue {
        switch value {
        case .number where numbers: .null
        case .array(let items): .array(items.map { without($0, numbers: numbers) })
        case .object(let members):
            .object(
                JSONObject(
                    members.filter { $0.key != "reason" }.map { key, member in
                        (key, without(member, numbers: numbers))
                    }))
        default: value
        }
    }
}
