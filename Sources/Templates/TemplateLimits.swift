/// The bounds that keep a hostile template from hanging or filling memory.
enum TemplateLimits {
    /// The most bytes of a template's text.
    static let sourceBytes = 16 << 20
    /// The deepest nesting of blocks in blocks.
    static let blockDepth = 100
    /// The greatest height of an expression's tree, and the deepest nesting of brackets.
    static let expressionDepth = 100
    /// The longest chain of files that include each other.
    static let includeDepth = 16
    /// The most files a template may include, directly or not.
    static let includedFiles = 1000
    /// The most bytes of output, and of any text or list built on the way.
    static let outputBytes = 16 << 20
    /// The most passes of all loops of a rendering together.
    static let loopSteps = 1_000_000
    /// The most units of work of a rendering: expressions evaluated, elements visited, 16 bytes of text handled.
    static let work = 50_000_000
    /// The most elements of `range` and of lists built by `*`, `batch` and `slice`.
    static let elements = 100_000
    /// The most parts a text is cut into, and the most characters of one that is walked.
    static let textParts = 1_000_000
    /// The deepest nesting of a list or mapping that a template builds.
    static let valueDepth = 100
    /// The most mistakes reported for a file.
    static let diagnostics = 50
}
