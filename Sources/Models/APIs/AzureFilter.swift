import Diagnostics
import Evals
import HTTP
import JSON

/// Azure's content filter, which answers a filtered prompt with status 400.
enum AzureFilter {
    /// The reply of a filtered prompt: a refusal by the provider, not a failure; nil when it is another error.
    static func reply(_ response: APIResponse) -> Reply? {
        guard response.status == 400, let body = try? JSONParser().parse(bytes: response.body),
            let error = body["error"]
        else { return nil }
        let inner = error["innererror"]
        guard
            error["code"]?.string == "content_filter"
                || inner?["code"]?.string == "ResponsibleAIPolicyViolation"
        else { return nil }
        let results =
            inner?["content_filter_result"]?.object ?? inner?["content_filter_results"]?.object ?? [:]
        let names = results.filter { $0.value["filtered"]?.bool == true }.map(\.key).sorted()
        let message = TerminalText.excerpt(error["message"]?.string ?? "the prompt was filtered", limit: 500)
        var reply = Reply(content: nil, finishReason: "content_filter")
        reply.refusal = names.isEmpty ? message : "\(message) (\(names.joined(separator: ", ")))"
        reply.requestID = response.requestID
        return reply
    }
}
