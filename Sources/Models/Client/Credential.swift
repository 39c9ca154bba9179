import Evals
import HTTP

/// The key of a provider, found in the environment when a call is about to be made.
struct Credential: Sendable {
    private enum Form {
        case none
        case field(name: String, value: String)
        case aws(HTTPRequest.AWSSignature)
    }

    private let form: Form
    /// The variable that the key came from; nil without a key.
    let variable: String?
    /// What must not appear in messages.
    let secrets: [String]

    /// True when something secret is sent.
    var isSecret: Bool { !secrets.isEmpty }

    /// Finds the key; the error is of the kind `needs-key`.
    ///
    /// A server on this machine, and a compatible server without `api_key_env`, need none.
    init(
        settings: ProviderSettings, api: any ModelAPI, url: String, _ environment: (String) -> String?
    ) throws(EvaluationError) {
        func value(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
        if api.credential == .none, settings.keyVariable == nil {
            (form, variable, secrets) = (.none, nil, [])
            return
        }
        let names = settings.keyVariable.map { [$0] } ?? api.usualKeyVariables
        if let name = names.first(where: { value($0) != nil }), let key = value(name) {
            let field =
                if case .header(let field) = api.credential { Form.field(name: field, value: key) } else {
                    Form.field(name: "Authorization", value: "Bearer \(key)")
                }
            (form, variable, secrets) = (field, name, [key])
            return
        }
        if api.credential == .aws, let access = value("AWS_ACCESS_KEY_ID"),
            let secret = value("AWS_SECRET_ACCESS_KEY"), settings.keyVariable == nil
        {
            let token = value("AWS_SESSION_TOKEN")
            let region = settings.region ?? value("AWS_REGION") ?? value("AWS_DEFAULT_REGION") ?? "us-east-1"
            form = .aws(
                HTTPRequest.AWSSignature(
                    accessKey: access, secretKey: secret, sessionToken: token, region: region,
                    service: "bedrock"))
            variable = "AWS_ACCESS_KEY_ID"
            secrets = [secret] + (token.map { [$0] } ?? [])
            return
        }
        let isOptional = settings.keyVariable == nil && (names.isEmpty || HTTPAddress(url).isLoopback)
        guard isOptional else {
            let wanted =
                api.credential == .aws && settings.keyVariable == nil
                ? names.joined(separator: " or ") + " or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                : names.joined(separator: " or ")
            throw EvaluationError(
                .needsKey, "the provider '\(settings.name)' needs a key, and \(wanted) is not set",
                hint:
                    "export \(names.first ?? "the key")=…, or name another variable: api_key_env in evalrun.yaml"
            )
        }
        (form, variable, secrets) = (.none, nil, [])
    }

    /// Puts the key into a request.
    func add(to request: inout HTTPRequest) {
        switch form {
        case .none: break
        case .field(let name, let value): request.headers[name] = value
        case .aws(let signature): request.signature = signature
        }
    }
}
