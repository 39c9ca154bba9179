import Files
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct WorkingTreeTests {
    private func path(_ text: String) throws -> ProjectPath { try #require(ProjectPath(text)) }

    @Test("the root is the nearest project file, else git's, else the folder")
    func root() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "a/b/c/x")
        #expect(try ProjectRoot.find(from: folder.path + "/a/b/c").path.hasSuffix("/a/b/c"))
        try folder.write("", to: "a/b/.git")
        #expect(try ProjectRoot.find(from: folder.path + "/a/b/c").path == folder.path + "/a/b")
        try folder.write("", to: "a/evalrun.yaml")
        #expect(try ProjectRoot.find(from: folder.path + "/a/b/c").path == folder.path + "/a")
        #expect(throws: FileError.self) { try ProjectRoot.find(from: folder.path + "/none") }
        let root = try ProjectRoot(folder: folder.path)
        #expect(try root.projectPath(ofArgument: folder.path + "/a/new.yaml")?.text == "a/new.yaml")
        #expect(try root.projectPath(ofArgument: "/etc/passwd") == nil)
    }

    @Test("files are listed by bytes, without hidden ones and other tools' folders")
    func list() throws {
        let folder = try TemporaryFolder()
        for name in [
            "b.yaml", "a/z.yaml", "a.yaml", ".git/x", ".hidden/x", "node_modules/x", "a/.x", "B.yaml",
        ] {
            try folder.write("x", to: name)
        }
        folder.link("link.yaml", to: "a.yaml")
        folder.link("out.yaml", to: "/etc/passwd")
        folder.link("loop", to: ".")
        folder.link("dangling", to: "none")
        let tree = WorkingTree(try ProjectRoot(folder: folder.path))
        #expect(
            try tree.list(under: .root).map(\.text) == [
                "B.yaml", "a.yaml", "a/z.yaml", "b.yaml", "link.yaml",
            ])
        #expect(try tree.list(under: path("a")).map(\.text) == ["a/z.yaml"])
        #expect(throws: FileError.self) { try tree.list(under: path("none")) }
    }

    @Test("reading stays in the project, in bounds, and never waits")
    func read() throws {
        let folder = try TemporaryFolder()
        try folder.write("hello", to: "a.txt")
        folder.link("in", to: "a.txt")
        folder.link("out", to: "/etc/passwd")
        folder.link("up", to: "..")
        mkfifo(folder.path + "/pipe", 0o600)
        let tree = WorkingTree(try ProjectRoot(folder: folder.path))
        #expect(try tree.read(path("in")) == Array("hello".utf8))
        #expect(try tree.read(path("a.txt"), limit: 5).count == 5)
        let refused: [(String, Int?, FileError.Kind)] = [
            ("a.txt", 4, .tooLarge), ("out", nil, .outsideProject), ("up/x", nil, .missing),
            ("none", nil, .missing),
            ("pipe", nil, .notAFile), ("a.txt/b", nil, .missing),
        ]
        for (name, limit, kind) in refused {
            let error = #expect(throws: FileError.self) { try tree.read(path(name), limit: limit) }
            #expect(error?.kind == kind, "\(name)")
        }
        #expect(tree.kind(of: .root) == .folder)
        #expect(try tree.kind(of: path("pipe")) == .missing)
        #expect(try tree.kind(of: path("out")) == .missing)
        #expect(try tree.writable(path("new/x")) == folder.path + "/new/x")
        #expect(throws: FileError.self) { try tree.writable(path("up/x")) }
        folder.link("dangle", to: "../x")
        #expect(throws: FileError.self) { try tree.writable(path("dangle")) }
    }

    @Test(
        "lines are read whatever the size of the pieces",
        arguments: [
            ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb", ["a", "b"]), ("\n\n", ["", ""]),
            (
                String(repeating: "x", count: 200_000) + "\nend",
                [String(repeating: "x", count: 200_000), "end"]
            ),
        ])
    func lines(text: String, expected: [String]) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "a.jsonl")
        let tree = WorkingTree(try ProjectRoot(folder: folder.path))
        var lines = FileLines(try tree.stream(path("a.jsonl")))
        var found: [String] = []
        while let line = try lines.next() { found.append(String(decoding: line, as: UTF8.self)) }
        #expect(found == expected)
        #expect(lines.number == expected.count)
    }

    @Test("a line above the limit is an error")
    func longLine() throws {
        let folder = try TemporaryFolder()
        try folder.write("a\n12345678", to: "a.jsonl")
        let stream = try ByteStream(openingAbsolute: folder.path + "/a.jsonl")
        var lines = FileLines(stream, limit: 4)
        #expect(try lines.next() == [0x61])
        var kind: FileError.Kind?
        do { _ = try lines.next() } catch { kind = error.kind }
        #expect(kind == .tooLarge)
    }
}
