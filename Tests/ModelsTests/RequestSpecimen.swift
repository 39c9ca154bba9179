import Evals
import HTTP
import JSON
import Models

/// A request, as tests of APIs write it.
func specimen(
    _ model: String = "m", _ messages: [Message] = [Message(role: .user, text: "Hi")],
    _ parameters: JSONObject = [:],
    tools: [JSONValue] = [], outputSchema: JSONValue? = nil
) -> ModelRequest {
    ModelRequest(
        model: ModelSpecification(name: "alias", provider: "p", model: model), parameters: parameters,
        messages: messages, tools: tools, outputSchema: outputSchema, sample: 2,
        site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "alias"))
}

/// Images that are their own path.
let namedImages = ImageSource { (path) throws(EvaluationError) in
    ImageSource.Image(mediaType: "image/png", base64: path)
}

/// A response whose body is JSON text.
func response(_ body: String, status: Int = 200) -> APIResponse {
    APIResponse(status: status, headers: ["X-Request-Id": "req_1"], body: Array(body.utf8))
}
