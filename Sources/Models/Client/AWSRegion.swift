import Evals

/// The region of AWS in which Bedrock is asked.
enum AWSRegion {
    /// The provider's `region`, else `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `us-east-1`.
    ///
    /// It becomes a part of the host, so that nothing but letters, digits and hyphens is taken.
    static func name(
        _ settings: ProviderSettings, _ environment: (String) -> String?
    ) throws(EvaluationError) -> String {
        let written = [settings.region, environment("AWS_REGION"), environment("AWS_DEFAULT_REGION")]
        let region = written.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? "us-east-1"
        let isName = region.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isName else {
            throw EvaluationError(
                .provider, "the region of the provider '\(settings.name)' is no name of a region",
                hint: "write one such as us-east-1 as `region`, or into AWS_REGION")
        }
        return region
    }
}
