public import Evals
public import HTTP
public import JSON

/// Everything that the project file says of how a model is called.
///
/// Texts are as written: variables in them are expanded when a call is about to be made.
public struct ProviderSettings: Sendable {
    /// Why a text with variables can't be used; never holds a value.
    public enum ExpansionMistake: Error, Sendable, Hashable {
        /// The variable with this name is not set or empty, and has no default.
        case missing(String)
        /// The value of the variable with this name has a control character in it, such as a line feed at its end.
        case unusable(String)
        /// The text itself is wrong.
        case malformed(String)

        /// What is wrong, as a sentence without a full stop.
        public var message: String {
            switch self {
            case .missing(let name): "the environment variable \(name) is not set"
            case .unusable(let name):
                "the environment variable \(name) has a control character in it, perhaps a line feed at its end"
            case .malformed(let message): message
            }
        }
    }

    /// The provider's name.
    public let name: String
    /// The kind: its `type`, else its name.
    public let kind: String
    /// The address as written; the model's wins; nil: the API's default.
    public let baseURL: String?
    /// The environment variable with the key; the model's wins; nil: the usual one of the kind.
    public let keyVariable: String?
    /// Further request headers, their values as written.
    public let headers: HeaderFields
    /// How long a request may take.
    public let timeouts: HTTPRequest.Timeouts
    /// How often and how long to try.
    public let retry: RetryPolicy
    /// Failures in a row after which the provider is given up; 0: never.
    public let breakerThreshold: Int
    /// The limits; each that the model has of its own wins over the provider's.
    public let limits: RateLimits
    /// True when the model has limits of its own: it needs a gate of its own then.
    public let hasOwnLimits: Bool
    /// Whether answers are streamed; the model's wins.
    public let streams: Bool
    /// The version of the API (azure).
    public let apiVersion: String?
    /// The region (bedrock).
    public let region: String?

    /// Reads the settings, checked by the loader; what is missing has its default.
    ///
    /// A time-out of 0 is taken as none written: every wait has a bound.
    /// - Parameter provider: The provider's entry in the project file; empty for one that has none.
    public init(name: String, kind: String, provider: JSONObject, model: ModelSpecification) {
        let own = model.settings
        // Ten years are no bound any more, and clocks can't add much longer times.
        func seconds(_ key: String) -> Double? {
            provider[key]?.double.flatMap { $0 > 0 ? min($0, 3e8) : nil }
        }
        let usual = HTTPRequest.Timeouts()

        self.name = name
        self.kind = kind
        baseURL = own["base_url"]?.string ?? provider["base_url"]?.string
        keyVariable = own["api_key_env"]?.string ?? provider["api_key_env"]?.string
        var headers = HeaderFields()
        for (field, value) in provider["headers"]?.object ?? [:] {
            if let text = value.string { headers.add(field, text) }
        }
        self.headers = headers
        timeouts = HTTPRequest.Timeouts(
            connect: seconds("connect_timeout_s") ?? usual.connect,
            firstByte: seconds("first_byte_timeout_s"), total: seconds("timeout_s") ?? usual.total)
        retry = RetryPolicy(settings: provider["retry"])
        breakerThreshold = provider["breaker"]?.integer ?? 10
        let ownLimits = own["limits"]?.object
        limits = RateLimits(
            settings: .object((provider["limits"]?.object ?? [:]).merging(ownLimits ?? [:])))
        hasOwnLimits = ownLimits.map { !$0.isEmpty } ?? false
        streams = own["stream"]?.bool ?? provider["stream"]?.bool ?? false
        apiVersion = provider["api_version"]?.string
        region = provider["region"]?.string
    }

    /// Replaces `${NAME}` and `${NAME:-default}` by what the environment holds.
    ///
    /// A variable that is set to nothing counts as not set: continuous integration makes empty ones of secrets that
    /// are missing. Everything else, a lone `$` too, stays as it is.
    public static func expand(
        _ text: String, environment: (String) -> String?
    ) -> Result<String, ExpansionMistake> {
        EnvironmentText.expand(text, environment: environment)
    }

    /// Why a key must not be sent to an address; nil when it may.
    ///
    /// Keys go over https, or to this machine. The sentence holds no part of the address but its host.
    /// - Parameter url: The whole address of the request, expanded.
    public func keyProblem(url: String) -> String? {
        let address: ProviderAddress
        do throws(ProviderAddress.Problem) {
            address = try ProviderAddress(url)
        } catch {
            return "the address of the provider '\(name)' \(error.message)"
        }
        guard address.isSecure || address.isLoopback else {
            return
                "the provider '\(name)' is at \(address.host) over http, and keys go over https or to this "
                + "machine (127.0.0.1, [::1], localhost) only"
        }
        return nil
    }
}
