/// A stretch of a template: text, or one tag.
enum TemplateSegment: Sendable {
    /// Text that is copied to the output.
    case text(String)
    /// `{{ … }}`, with the offset of its bracket.
    case output([TemplateToken], offset: Int)
    /// `{% … %}`, with the offset of its bracket.
    case statement([TemplateToken], offset: Int)
    /// A statement that could not be read, by its name; it was reported already.
    case brokenStatement(String, offset: Int)
}
