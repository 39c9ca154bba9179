import Patterns

/// The formats that are checked.
enum SchemaFormat: String, Sendable, CaseIterable {
    case dateTime = "date-time"
    case date
    case time
    case duration
    case email
    case hostname
    case ipv4
    case ipv6
    case uri
    case uriReference = "uri-reference"
    case uuid
    case regex
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case internationalHostname = "idn-hostname"
    case internationalEmail = "idn-email"
    case iri
    case iriReference = "iri-reference"
    case uriTemplate = "uri-template"

    /// Whether a text is in the format.
    func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)[...]
        return switch self {
        case .dateTime: DateTimeFormat.isDateTime(bytes)
        case .date: DateTimeFormat.isDate(bytes)
        case .time: DateTimeFormat.isTime(bytes)
        case .duration: DurationFormat.accepts(bytes)
        case .email: EmailFormat.accepts(bytes)
        case .hostname: HostFormat.isHostname(bytes)
        case .ipv4: AddressFormat.isIPv4(bytes)
        case .ipv6: AddressFormat.isIPv6(bytes)
        case .uri: URIFormat.accepts(bytes, isReference: false)
        case .uriReference: URIFormat.accepts(bytes, isReference: true)
        case .uuid: IdentifierFormat.isUUID(bytes)
        case .regex: IdentifierFormat.isRegex(text)
        case .jsonPointer: IdentifierFormat.isJSONPointer(bytes)
        case .relativeJSONPointer: IdentifierFormat.isRelativeJSONPointer(bytes)
        case .internationalHostname: InternationalHostFormat.accepts(text)
        case .internationalEmail: InternationalEmailFormat.accepts(text)
        case .iri: IRIFormat.accepts(text, isReference: false)
        case .iriReference: IRIFormat.accepts(text, isReference: true)
        case .uriTemplate: URITemplateFormat.accepts(text)
        }
    }

    /// The format in a message.
    var phrase: String {
        switch self {
        case .dateTime: "a date-time such as 2026-01-31T12:00:00Z"
        case .date: "a date such as 2026-01-31"
        case .time: "a time such as 12:00:00Z"
        case .duration: "a duration such as P1DT12H"
        case .email: "an email address"
        case .hostname: "a hostname"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri: "a URI with a scheme"
        case .uriReference: "a URI or relative reference"
        case .uuid: "a UUID"
        case .regex: "a regular expression"
        case .jsonPointer: "a JSON Pointer"
        case .relativeJSONPointer: "a relative JSON Pointer"
        case .internationalHostname: "a hostname, letters of any script allowed"
        case .internationalEmail: "an email address, letters of any script allowed"
        case .iri: "an IRI with a scheme"
        case .iriReference: "an IRI or relative reference"
        case .uriTemplate: "a URI template such as /items/{id}"
        }
    }
}
