import CLibXML2

/// The library as a whole.
enum XMLLibrary {
    private static let prepared: Void = xmlInitParser()

    /// Readies the library's global tables, once for all threads.
    static func prepare() { _ = prepared }
}
