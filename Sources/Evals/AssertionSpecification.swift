public import Diagnostics
public import JSON

/// An assertion as a suite states it, aliases and short spelling resolved, templates in its value rendered.
public struct AssertionSpecification: Sendable, Hashable {
    /// The canonical type, without `not-`.
    public var type: String
    /// The type as the user wrote it, with `not-`; reports show this.
    public var writtenType: String
    /// True for `not-TYPE`.
    public var isNegated: Bool
    /// The value; nil when there is none.
    public var value: JSONValue?
    /// The score to reach; nil: the type's own rule.
    public var threshold: Double?
    /// The weight in the case's score, 0 or more; 0 reports and never decides.
    public var weight: Double
    /// The metric the score counts for.
    public var metric: String?
    /// A JSONPath or JSON Pointer into the answer, applied before the assertion.
    public var select: String?
    /// An XPath into the answer, applied before the assertion; never beside `select`.
    public var xpath: String?
    /// What is done to the answer first, in order; `select` and `xpath` come after it.
    public var transform: [TransformStep]
    /// The type's own further options, by name.
    public var options: JSONObject
    /// The inner assertions of an `assert-set`.
    public var inner: [AssertionSpecification]
    /// Set when the assertion runs without deciding.
    public var quarantine: Quarantine?
    /// Where the assertion stands.
    public var mark: SourceMark
    /// Where its value stands.
    public var valueMark: SourceMark
    /// The value as it was written, for types whose value is a schema; nil when that is not known.
    public var written: WrittenValue?
    /// The value before its templates were rendered, with the texts of the files that it includes; nil when it has no
    /// templates.
    public var unrendered: JSONValue?

    /// Creates a specification.
    public init(
        type: String, writtenType: String? = nil, isNegated: Bool = false, value: JSONValue? = nil,
        threshold: Double? = nil, weight: Double = 1, metric: String? = nil, select: String? = nil,
        xpath: String? = nil, transform: [TransformStep] = [],
        options: JSONObject = [:], inner: [AssertionSpecification] = [], quarantine: Quarantine? = nil,
        mark: SourceMark = SourceMark(file: ""), valueMark: SourceMark? = nil,
        written: WrittenValue? = nil
    ) {
        self.type = type
        self.writtenType = writtenType ?? (isNegated ? "not-" + type : type)
        self.isNegated = isNegated
        self.value = value
        self.threshold = threshold
        self.weight = weight
        self.metric = metric
        self.select = select
        self.xpath = xpath
        self.transform = transform
        self.options = options
        self.inner = inner
        self.quarantine = quarantine
        self.mark = mark
        self.valueMark = valueMark ?? mark
        self.written = written
    }
}

/// A case or assertion that runs without deciding, until a day.
public struct Quarantine: Sendable, Hashable {
    /// The last day, as `YYYY-MM-DD`.
    public var until: String
    /// Who is to mend it.
    public var owner: String
    /// Why.
    public var reason: String

    /// Creates a quarantine.
    public init(until: String, owner: String, reason: String) {
        self.until = until
        self.owner = owner
        self.reason = reason
    }
}
