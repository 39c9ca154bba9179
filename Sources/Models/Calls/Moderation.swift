import Evals
import JSON

/// What OpenAI's APIs do alike for moderation.
///
/// Facts from the types of OpenAI's Python library.
enum Moderation {
    /// The body for `/moderations`.
    static func call(for request: ModelRequest) throws(EvaluationError) -> APICall {
        var draft = RequestDraft(
            request, api: "the moderation API",
            body: [
                "model": .string(request.model.model),
                "input": .string(try request.userText(for: "a moderation")),
            ])
        draft.close()
        return APICall(path: "/moderations", body: .object(try draft.finished()))
    }

    /// A reply whose content is the JSON object `{flagged, categories, category_scores}` of the response's one result.
    ///
    /// - Parameter cost: What the call costs, where that is known beforehand.
    static func reply(from response: APIResponse, cost: Money?) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw OpenAIErrors.failure(response) }
        let body = try response.object()
        try OpenAIErrors.check(body, response)
        guard let results = body["results"]?.array, results.count == 1, let result = results.first,
            let flagged = result["flagged"], flagged.bool != nil,
            let categories = result["categories"], categories.object != nil,
            let scores = result["category_scores"], scores.object != nil
        else { throw response.unreadable("the response has no result of a moderation in it") }
        let content: JSONValue = ["flagged": flagged, "categories": categories, "category_scores": scores]
        return Reply(
            servedModel: body["model"]?.string, content: JSONWriter.compact.text(of: content), cost: cost,
            requestID: response.requestID ?? body["id"]?.string)
    }
}
