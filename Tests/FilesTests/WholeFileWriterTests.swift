import Files
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct WholeFileWriterTests {
    private func read(_ path: String) throws -> String {
        let stream = try ByteStream(openingAbsolute: path)
        var bytes: [UInt8] = []
        while let piece = try stream.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode : 0
    }

    @Test("a file appears with its last byte, and nothing is left beside it")
    func appears() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        let writer = try WholeFileWriter(path)
        try writer.write(String(repeating: "x", count: 100_000))
        try writer.write("end")
        #expect(folder.names().count == 1)
        #expect(!folder.names().contains("a"))
        try writer.commit()
        #expect(folder.names() == ["a"])
        #expect(try read(path).count == 100_003)
        #expect(throws: FileError.self) { try writer.write("more") }
        #expect(throws: FileError.self) { try writer.commit() }
    }

    @Test("an abandoned file leaves what was there")
    func abandoned() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "a")
        do {
            let writer = try WholeFileWriter(folder.path + "/a")
            try writer.write(String(repeating: "x", count: 100_000))
        }
        #expect(folder.names() == ["a"])
        #expect(try read(folder.path + "/a") == "old")
    }

    @Test("modes and links are kept")
    func modes() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "d/a")
        chmod(folder.path + "/d/a", 0o600)
        folder.link("l", to: "d/a")
        folder.link("new", to: "d/b")
        try WholeFile.write([0x31], to: folder.path + "/l")
        try WholeFile.write([0x32], to: folder.path + "/new")
        #expect(mode(folder.path + "/l") & S_IFMT == S_IFLNK)
        #expect(mode(folder.path + "/d/a") == S_IFREG | 0o600)
        #expect(try read(folder.path + "/d/a") == "1")
        #expect(try read(folder.path + "/d/b") == "2")
        #expect(mode(folder.path + "/d/b") & 0o133 == 0)
    }

    @Test(
        "what can't be written is an error",
        arguments: ["", "/", "/none/x/y", "/dev/fd/9999", "a\0b", "/dev/full"])
    func refused(path: String) {
        #if os(Linux)
            #expect(throws: FileError.self) { try WholeFile.write([1], to: path) }
        #endif
    }

    @Test("a device is written straight")
    func device() throws {
        try WholeFile.write([1], to: "/dev/null")
        var status = stat()
        #expect(stat("/dev/null", &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFCHR)
    }
}
