import Files
import Testing

@Suite struct CommitTreeTests {
    private func path(_ text: String) throws -> ProjectPath { try #require(ProjectPath(text)) }

    /// A repository with two commits; nil, with a word about it, when git is missing.
    private func repository() throws -> TemporaryFolder? {
        let folder = try TemporaryFolder()
        guard folder.git("init", "-q", "-b", "main") else {
            print("git is missing: the test is passed over")
            return nil
        }
        try folder.write("one", to: "app/p/a.yaml")
        try folder.write("outside", to: "secret")
        try folder.write("x", to: "app/.hidden/x")
        folder.link("app/in", to: "p/a.yaml")
        folder.link("app/dir", to: "p/../p")
        folder.link("app/out", to: "../secret")
        folder.link("app/abs", to: "/etc/passwd")
        folder.link("app/loop", to: "loop")
        try #require(folder.git("add", "-A"))
        try #require(folder.git("commit", "-q", "-m", "1"))
        try folder.write("two", to: "app/p/a.yaml")
        try folder.write("new", to: "app/p/b\u{E9} \".yaml")
        try #require(folder.git("add", "-A"))
        try #require(folder.git("commit", "-q", "-m", "2"))
        return folder
    }

    @Test("a commit's files are read as they were")
    func trees() throws {
        guard let folder = try repository() else { return }
        let project = GitProject(try ProjectRoot(folder: folder.path + "/app"))
        let old = try project.tree(at: "HEAD~1")
        let new = try project.tree(at: "main")
        #expect(try old.read(path("p/a.yaml")) == Array("one".utf8))
        #expect(try new.read(path("p/a.yaml")) == Array("two".utf8))
        #expect(try old.read(path("in")) == Array("one".utf8))
        #expect(try new.read(path("dir/a.yaml")) == Array("two".utf8))
        #expect(try old.list(under: .root).map(\.text) == ["in", "p/a.yaml"])
        #expect(try new.list(under: path("p")).map(\.text) == ["p/a.yaml", "p/b\u{E9} \".yaml"])
        #expect(old.kind(of: .root) == .folder)
        #expect(try old.kind(of: path("p")) == .folder)
        let stream = try new.stream(path("p/a.yaml"))
        #expect(try stream.next() == Array("two".utf8))
        #expect(try stream.next() == nil)
        let refused: [(String, Int?, FileError.Kind)] = [
            ("out", nil, .outsideProject), ("abs", nil, .outsideProject), ("loop", nil, .system),
            ("none", nil, .missing), ("p", nil, .notAFile), ("p/a.yaml", 2, .tooLarge),
        ]
        for (name, limit, kind) in refused {
            let error = #expect(throws: FileError.self) { try new.read(path(name), limit: limit) }
            #expect(error?.kind == kind, "\(name)")
        }
    }

    @Test("history is newest first")
    func history() throws {
        guard let folder = try repository() else { return }
        let project = GitProject(try ProjectRoot(folder: folder.path + "/app"))
        let commits = try project.history(of: path("p/a.yaml"))
        #expect(try commits == [project.commit("HEAD"), project.commit("HEAD~1")])
        #expect(try project.history(of: path("in")).count == 1)
        #expect(try project.history(of: path("none")).isEmpty)
        #expect(try !project.isShallow())
    }

    @Test(
        "a reference can't be an option or nothing",
        arguments: ["--all", "none", "", "HEAD:secret", "a\0b", "-h"])
    func references(text: String) throws {
        guard let folder = try repository() else { return }
        let project = GitProject(try ProjectRoot(folder: folder.path))
        let error = #expect(throws: FileError.self) { try project.commit(text) }
        #expect(error?.kind == .git)
    }

    @Test("outside a repository git says so")
    func noRepository() throws {
        let folder = try TemporaryFolder()
        let project = GitProject(try ProjectRoot(folder: folder.path))
        let error = #expect(throws: FileError.self) { try project.tree(at: "HEAD") }
        #expect(error?.kind == .git)
    }
}
