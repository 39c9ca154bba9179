/// The forms in which a run can be reported.
public enum ReportKind: String, Sendable, Hashable, CaseIterable {
    /// Text for people.
    case terminal
    /// JUnit XML with the file, line and properties of each case.
    case junit
    /// JUnit XML that is valid against the schema `junit-10` of Jenkins.
    case junitStrict = "junit-strict"
    /// The results as one JSON document.
    case json
}
