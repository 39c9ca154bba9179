public import Diagnostics
public import JSON

/// An answer that people have judged.
public struct LabeledAnswer: Sendable, Hashable {
    /// The id: the first that is written for it, else 12 digits of its content's hash.
    public var id: String
    /// The answer.
    public var output: String
    /// What was asked; nil when it is not known.
    public var question: String?
    /// The retrieved texts.
    public var context: [String]
    /// The right answer; nil when it is not known.
    public var reference: String?
    /// The variables of its case.
    public var variables: JSONObject
    /// Whether most of its labels pass it.
    public var passes: Bool
    /// Where its first label stands.
    public var mark: SourceMark
}

/// The labels of a file, several of one answer made into one.
public struct LabelSheet: Sendable, Hashable {
    /// The answers with a label, in the order of the file.
    public var answers: [LabeledAnswer] = []
    /// The ids of the answers that as many labels pass as fail; they are left out.
    public var ties: [String] = []
    /// How many answers have labels of several people.
    public var sharedAnswers = 0
    /// Krippendorff's α of those labels; nil when no answer has several, or all labels are the same.
    public var humanAgreement: Double?
    /// SHA-256 of the file, in lower-case hexadecimal digits.
    public var sha256 = ""

    /// Creates a sheet without labels.
    public init() {}
}
