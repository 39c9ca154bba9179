import Evals
import HTTP

/// A request to a provider with address, key and header fields, and what must not be told of it.
struct PreparedRequest: Sendable {
    /// What is sent.
    var http: HTTPRequest
    /// Tells its failure to a person.
    let report: FailureReport
    /// What must not appear in messages.
    let secrets: [String]

    /// What is sent to a provider, before anything is known of where that is.
    struct Draft: Sendable {
        /// The method.
        var method = "POST"
        /// What follows the base URL.
        var path: String
        /// An address that the provider named itself; used instead of the path where it is at the same host.
        var address: String?
        /// Fields beside the credential and `Content-Type: application/json`.
        var headers: HeaderFields = [:]
        /// The body.
        var body: [UInt8] = []
    }

    /// Puts address, header fields and key around a body; keys go to the provider's own host only.
    ///
    /// - Parameter model: The model's id, for messages.
    init(
        _ draft: Draft, settings: ProviderSettings, api: any ModelAPI, model: String,
        environment: @escaping @Sendable (String) -> String?
    ) throws(EvaluationError) {
        var expansion = Expansion(environment: environment)
        guard
            let written = settings.baseURL ?? api.defaultBaseURL ?? Self.bedrockURL(settings, environment)
        else {
            throw EvaluationError(
                .provider, "the provider '\(settings.name)' has no address",
                hint: "write base_url for it in evalrun.yaml")
        }
        let base = try expansion.text(written, key: "base_url", of: settings.name)
        http = HTTPRequest(
            method: draft.method, url: Self.url(draft, base: base), body: draft.body,
            timeouts: settings.timeouts)
        http.headers.add("Content-Type", "application/json")
        for field in draft.headers.fields { http.headers[field.name] = field.value }
        for field in settings.headers.fields {
            http.headers[field.name] = try expansion.text(field.value, key: "headers", of: settings.name)
        }
        let credential = try Credential(settings: settings, api: api, url: http.url, environment)
        credential.add(to: &http)
        if credential.isSecret || !expansion.values.isEmpty,
            let problem = settings.keyProblem(url: http.url)
        {
            throw EvaluationError(.refused, problem, hint: "correct base_url in evalrun.yaml")
        }
        report = FailureReport(provider: settings.name, model: model, keyVariable: credential.variable)
        secrets = credential.secrets + expansion.values
    }

    /// The failure without secrets, with what the header fields of the response say about trying again.
    func told(_ failure: CallFailure, headers: HeaderFields, now: Double) -> CallFailure {
        var failure = failure
        failure.takeAdvice(from: headers, now: now)
        for secret in secrets where secret.utf8.count >= 4 {
            failure.message = failure.message.replacing(secret, with: "[redacted:key]")
            failure.hint = failure.hint?.replacing(secret, with: "[redacted:key]")
        }
        return failure
    }

    /// Refuses a redirect: the key would go with it.
    static func refuseRedirect(_ response: HTTPResponse) throws(CallFailure) {
        guard response.status < 300 || response.status >= 400 else {
            throw CallFailure(
                .rejected, "a redirect, which is not followed, since the key would go with it",
                status: response.status, hint: "write the final address as base_url")
        }
    }

    private static func url(_ draft: Draft, base: String) -> String {
        if let address = draft.address, let named = try? ProviderAddress(address),
            named == (try? ProviderAddress(base))
        {
            return address
        }
        return base.hasSuffix("/") && draft.path.hasPrefix("/")
            ? base.dropLast() + draft.path : base + draft.path
    }

    private static func bedrockURL(_ settings: ProviderSettings, _ environment: (String) -> String?)
        -> String?
    {
        guard settings.kind == "bedrock" else { return nil }
        let region =
            settings.region ?? environment("AWS_REGION") ?? environment("AWS_DEFAULT_REGION") ?? "us-east-1"
        return "https://bedrock-runtime.\(region).amazonaws.com"
    }
}

/// Fills environment variables into settings, and remembers their values.
private struct Expansion {
    let environment: @Sendable (String) -> String?
    var values: [String] = []

    init(environment: @escaping @Sendable (String) -> String?) { self.environment = environment }

    mutating func text(_ written: String, key: String, of provider: String) throws(EvaluationError) -> String
    {
        switch ProviderSettings.expand(written, environment: environment) {
        case .success(let text):
            if key == "headers", text != written { values.append(text) }
            return text
        case .failure(.missing(let name)):
            throw EvaluationError(
                .needsKey, "\(key) of the provider '\(provider)' needs the environment variable \(name)",
                hint: "set \(name), or write a default: ${\(name):-…}")
        case .failure(let mistake):
            throw EvaluationError(
                .provider, "\(key) of the provider '\(provider)' can't be used: \(mistake.message)",
                hint: "correct it in evalrun.yaml")
        }
    }
}
