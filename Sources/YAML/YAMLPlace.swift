/// A position as libyaml counts it, made to start from 1.
struct YAMLPlace: Hashable, Comparable {
    /// The line, from 1.
    var line: Int
    /// The column in Unicode scalars, from 1.
    var column: Int

    /// Orders by line, then column.
    static func < (left: YAMLPlace, right: YAMLPlace) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
