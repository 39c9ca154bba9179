/// The names that templates know beside a case's own variables.
enum CaseVariables {
    /// The keys of a case that are variables too, in the order in which they are rendered.
    static let builtIn = ["context", "reference", "input", "question"]
    /// The row of a dataset, known to the templates of the case itself.
    static let row = "row"
}
