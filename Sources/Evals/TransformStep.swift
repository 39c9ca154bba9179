/// One step of `transform:`, which changes what an assertion looks at before it looks.
public enum TransformStep: Sendable, Hashable {
    /// A step without an argument.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// Without white space at both ends.
        case trim
        /// In lower case.
        case lower
        /// In upper case.
        case upper
        /// The value of the text, which must be JSON alone.
        case json
        /// What stands inside the code fence that wraps the whole text, if one does.
        case stripCodeFence = "strip-code-fence"
        /// The first line that is not blank.
        case firstLine = "first-line"
        /// The last line that is not blank.
        case lastLine = "last-line"
        /// Each run of white space as one space, none at the ends.
        case collapseWhitespace = "collapse-whitespace"
    }

    /// A step without an argument.
    case named(Name)
    /// What the first group of a regular expression matches, or the whole match where it has no group.
    case regexExtract(String)
    /// What a JSONPath or JSON Pointer finds.
    case select(String)
    /// What an XPath finds.
    case xpath(String)
}
