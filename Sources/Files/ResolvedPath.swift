/// Where a file that the command line names really is.
public struct ResolvedPath: Sendable, Hashable {
    /// The absolute path, links resolved.
    public let text: String

    /// Resolves a path that may be relative to the current folder; nothing needs to be there yet.
    public init(ofArgument argument: String) throws(FileError) {
        text = try RealPath.ofWritable(RealPath.absolute(argument, shown: argument), shown: argument)
    }
}
