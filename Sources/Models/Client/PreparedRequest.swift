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
    /// Errors: `needs-key` for a missing key or variable; `refused` for an address that could mean another host to
    /// another reader, or that no key may go to.
    /// - Parameter model: The model's id, for messages.
    init(
        _ draft: Draft, settings: ProviderSettings, api: any ModelAPI, model: String,
        environment: (String) -> String?
    ) throws(EvaluationError) {
        var expansion = Expansion(settings)
        var fields: HeaderFields = ["Content-Type": "application/json"]
        for field in draft.headers.fields { fields[field.name] = field.value }
        for field in settings.headers.fields {
            fields[field.name] = try expansion.text(field.value, "headers", environment)
        }
        var known = expansion.values
        let base = try Self.baseURL(api, settings, &expansion, environment)
        // A host is no secret, what stands behind it may be a token.
        let path = base.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3)
        known += expansion.values.dropFirst(known.count).filter { value in
            path.contains { $0.contains(value) }
        }
        let url = Self.url(draft, base: base)
        let credential = try Credential.find(
            settings, api.credential, usual: api.usualKeyVariables, url: url, environment)
        try Self.checkAddress(url, settings, isSecret: credential.isSecret || !known.isEmpty)
        http = HTTPRequest(
            method: draft.method, url: url, headers: fields, body: draft.body, timeouts: settings.timeouts)
        credential.add(to: &http)
        report = FailureReport(provider: settings.name, model: model, keyVariable: credential.variable)
        secrets = SecretSpellings.all(of: (credential.secrets + known).filter { $0.utf8.count >= 4 })
    }

    /// The failure without secrets, with what the header fields of the response say about trying again.
    func told(_ failure: CallFailure, headers: HeaderFields, now: Double) -> CallFailure {
        var failure = failure
        failure.takeAdvice(from: headers, now: now)
        failure.message = masked(failure.message)
        failure.hint = failure.hint.map(masked)
        failure.requestID = failure.requestID.map(masked)
        return failure
    }

    /// The text without the secrets of this request.
    func masked(_ text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: "[redacted:key]") }
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
        return URLPath.joined(base, draft.path)
    }

    private static func baseURL(
        _ api: any ModelAPI, _ settings: ProviderSettings, _ expansion: inout Expansion,
        _ environment: (String) -> String?
    ) throws(EvaluationError) -> String {
        if let written = settings.baseURL { return try expansion.text(written, "base_url", environment) }
        if let usual = api.defaultBaseURL { return usual }
        if api.credential == .aws {
            return "https://bedrock-runtime.\(try AWSRegion.name(settings, environment)).amazonaws.com"
        }
        throw EvaluationError(
            .provider, "the provider '\(settings.name)' has no address",
            hint: "write base_url for it in evalrun.yaml")
    }

    private static func checkAddress(
        _ url: String, _ settings: ProviderSettings, isSecret: Bool
    ) throws(EvaluationError) {
        var problem: String?
        do throws(ProviderAddress.Problem) {
            _ = try ProviderAddress(url)
            if isSecret { problem = settings.keyProblem(url: url) }
        } catch {
            problem = "the address of the provider '\(settings.name)' \(error.message)"
        }
        if let problem {
            throw EvaluationError(.refused, problem, hint: "correct base_url in evalrun.yaml")
        }
    }
}

/// Fills environment variables into settings, and remembers their values.
private struct Expansion {
    private let settings: ProviderSettings
    private(set) var values: [String] = []

    init(_ settings: ProviderSettings) { self.settings = settings }

    mutating func text(
        _ written: String, _ key: String, _ environment: (String) -> String?
    ) throws(EvaluationError) -> String {
        var read: [String] = []
        let result = ProviderSettings.expand(written) { name in
            let value = environment(name)
            if let value, !value.isEmpty { read.append(value) }
            return value
        }
        values += read
        switch result {
        case .success(let text): return text
        case .failure(.missing(let name)):
            throw EvaluationError(
                .needsKey, "\(key) of the provider '\(settings.name)' needs the environment variable \(name)",
                hint: "set \(name), or write a default: ${\(name):-…}")
        case .failure(let mistake):
            throw EvaluationError(
                .provider, "\(key) of the provider '\(settings.name)' can't be used: \(mistake.message)",
                hint: "correct it in evalrun.yaml")
        }
    }
}
