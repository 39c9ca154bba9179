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

    private init(_ form: Form = .none, from variable: String? = nil, secrets: [String] = []) {
        self.form = form
        self.variable = variable
        self.secrets = secrets
    }

    /// Finds the key; the error is of the kind `needs-key`.
    ///
    /// A server on this machine, and a compatible server without `api_key_env`, need none.
    static func find(
        _ settings: ProviderSettings, _ placement: CredentialPlacement, usual: [String], url: String,
        _ environment: (String) -> String?
    ) throws(EvaluationError) -> Credential {
        if placement == .none, settings.keyVariable == nil { return Credential() }
        let names = settings.keyVariable.map { [$0] } ?? usual
        for name in names {
            guard let key = try value(name, environment) else { continue }
            let field: Form =
                if case .header(let field) = placement { .field(name: field, value: key) } else {
                    .field(name: "Authorization", value: "Bearer \(key)")
                }
            return Credential(field, from: name, secrets: [key])
        }
        if placement == .aws, settings.keyVariable == nil,
            let signed = try signature(settings, environment)
        {
            return signed
        }
        let isHere = (try? ProviderAddress(url))?.isLoopback == true
        guard settings.keyVariable == nil, names.isEmpty || isHere else {
            let isSigned = placement == .aws && settings.keyVariable == nil
            let wanted = names + (isSigned ? ["AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"] : [])
            throw EvaluationError(
                .needsKey,
                "the provider '\(settings.name)' needs a key, and \(wanted.joined(separator: " or ")) is not set",
                hint:
                    "export \(names.first ?? "the key")=…, or name another variable: api_key_env in evalrun.yaml"
            )
        }
        return Credential()
    }

    private static func signature(
        _ settings: ProviderSettings, _ environment: (String) -> String?
    ) throws(EvaluationError) -> Credential? {
        guard let access = try value("AWS_ACCESS_KEY_ID", environment),
            let secret = try value("AWS_SECRET_ACCESS_KEY", environment)
        else { return nil }
        let token = try value("AWS_SESSION_TOKEN", environment)
        return Credential(
            .aws(
                HTTPRequest.AWSSignature(
                    accessKey: access, secretKey: secret, sessionToken: token,
                    region: try AWSRegion.name(settings, environment), service: "bedrock")),
            from: "AWS_ACCESS_KEY_ID", secrets: [secret] + (token.map { [$0] } ?? []))
    }

    /// The value of a variable; nil when it is empty or blank, as continuous integration makes secrets that are missing.
    private static func value(
        _ name: String, _ environment: (String) -> String?
    ) throws(EvaluationError) -> String? {
        guard let value = environment(name), !value.allSatisfy({ $0 == " " }) else { return nil }
        guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw EvaluationError(
                .needsKey, "the key in \(name) has a control character in it, perhaps a line feed at its end",
                hint: "set \(name) to the key alone")
        }
        return value
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
