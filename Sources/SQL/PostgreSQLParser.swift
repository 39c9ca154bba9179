internal import CPGQuery
import JSON
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// PostgreSQL's own parser, in the form of libpg_query.
enum PostgreSQLParser {
    /// Held during a call of the library, which in some of its builds redirects the stderr of the whole process while
    /// it parses: two calls at a time would leave it redirected.
    private static let turn = Mutex(())

    /// How deep the tree of a statement may nest as JSON.
    private static let maximumDepth = 1000

    /// The statements of a text as the library's trees, `{"stmt": {KIND: …}}`.
    ///
    /// The offset of an error counts characters of this text, from 0. The text has no NUL.
    static func statements(of text: String) throws(SQLRefusal) -> [JSONValue] {
        let parsing = turn.withLock { _ in Parsing(text) }
        if let refusal = parsing.refusal { throw refusal }
        guard let tree = parsing.tree else { throw SQLRefusal("the parser gave no tree", kind: .limit) }
        do throws(JSONParseError) {
            return try JSONParser(maximumDepth: maximumDepth).parse(tree)["stmts"]?.array ?? []
        } catch {
            throw SQLRefusal("the statement nests too deep", kind: .limit)
        }
    }

    /// The result of one call, freed with this value.
    private struct Parsing: ~Copyable {
        private let result: PgQueryParseResult

        init(_ text: String) {
            result = pg_query_parse(text)
            // What other threads wrote to stderr meanwhile is in the buffer of a build that redirects it.
            if let caught = result.stderr_buffer, caught.pointee != 0 { _ = write(2, caught, strlen(caught)) }
        }

        deinit { pg_query_free_parse_result(result) }

        var refusal: SQLRefusal? {
            guard let error = result.error else { return nil }
            let message = error.pointee.message.map { String(cString: $0) } ?? "it could not be parsed"
            let place = Int(error.pointee.cursorpos)
            return SQLRefusal(message, at: place > 0 ? place - 1 : nil)
        }

        var tree: String? { result.parse_tree.map { String(cString: $0) } }
    }
}
