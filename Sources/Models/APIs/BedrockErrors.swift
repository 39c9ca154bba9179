import HTTP
import JSON

/// Reads the error responses of Bedrock.
enum BedrockErrors {
    /// The failure that a response with a status of no success tells.
    static func failure(_ response: APIResponse) -> CallFailure {
        let body = try? JSONParser().parse(bytes: response.body)
        let type = type(
            response.headers["x-amzn-errortype"] ?? body?["__type"]?.string ?? body?["code"]?.string)
        let said = ErrorBody(body)
        var failure = said.failure(of: response)
        failure.code = type
        if let kind = kind(type) { failure.kind = kind }
        let text = (said.message ?? "").lowercased()
        if failure.kind == .rateLimited, text.contains("per day") {
            failure.kind = .quota
        } else if failure.kind == .rejected, text.contains("on-demand throughput") {
            failure.hint =
                "use the id of an inference profile, such as `us.` or `global.` before the model's id"
        } else if failure.kind == .rejected, let parameter = said.unsupportedParameter(parameterNames) {
            failure.blame(parameter: parameter)
        }
        return failure
    }

    /// The name alone of `ThrottlingException:http://…` and `com.amazon.coral#ThrottlingException`.
    private static func type(_ text: String?) -> String? {
        text?.split(separator: ":").first?.split(separator: "#").last.map(String.init)
    }

    private static func kind(_ type: String?) -> CallFailure.Kind? {
        switch type {
        case "ThrottlingException", "TooManyRequestsException": .rateLimited
        case "ServiceQuotaExceededException": .quota
        // A model that is being loaded answers 429 without any limit being hit.
        case "ModelNotReadyException", "ModelTimeoutException", "ModelErrorException",
            "InternalServerException", "ServiceUnavailableException":
            .unavailable
        case "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException",
            "SignatureDoesNotMatch", "ExpiredTokenException", "IncompleteSignature",
            "IncompleteSignatureException", "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "InvalidClientTokenId", "NotAuthorized", "OptInRequired":
            .authentication
        case "ValidationException", "ResourceNotFoundException": .rejected
        default: nil
        }
    }

    private static let parameterNames: [(api: String, file: String)] = [
        ("temperature", "temperature"), ("top_p", "top_p"), ("topP", "top_p"), ("top_k", "top_k"),
        ("topK", "top_k"),
        ("stopSequences", "stop"), ("stop sequence", "stop"), ("effort", "reasoning_effort"),
        ("thinking", "thinking"), ("reasoning", "thinking"), ("textFormat", "output_schema"),
        ("outputConfig", "output_schema"), ("output_config", "output_schema"),
        ("structured output", "output_schema"),
        ("toolChoice", "tool_choice"), ("tool_choice", "tool_choice"), ("tool use", "tools"),
        ("system message", "system"), ("system prompt", "system"), ("image", "image"),
    ]
}
