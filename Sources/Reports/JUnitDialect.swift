/// How much a JUnit file says: there is no standard, only what readers accept.
public enum JUnitDialect: Sendable, Hashable {
    /// Test cases have `file`, `line` and properties, which most dashboards use.
    case rich
    /// Valid against the schema `junit-10` of Jenkins: name, classname and time only.
    case strict
}
