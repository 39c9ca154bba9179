import Diagnostics
import Files
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Commits that are trusted")
struct TrustedCommitTests {
    /// A repository whose project is in `ai/`, with the branch `pr` checked out; nil, with a word about it, without git.
    private func repository() throws -> TemporaryFolder? {
        let folder = try TemporaryFolder()
        guard folder.git("init", "-q", "-b", "main") else {
            print("git is missing: the test is passed over")
            return nil
        }
        try folder.write("one", to: "ai/evalrun.yaml")
        try folder.write("#!/bin/sh\n", to: "ai/checks/x.sh")
        chmod(folder.path + "/ai/checks/x.sh", 0o755)
        try folder.write("above", to: "lib/x.txt")
        folder.link("ai/link", to: "checks/x.sh")
        try folder.write("*.txt export-ignore\n", to: ".gitattributes")
        try #require(folder.git("add", "-A"))
        try #require(folder.git("commit", "-q", "-m", "1"))
        try #require(folder.git("tag", "v1") && folder.git("checkout", "-q", "-b", "pr"))
        return folder
    }

    private func mistake(_ reference: String, _ folder: TemporaryFolder, in project: String = "ai") -> String?
    {
        do throws(DiagnosticError) {
            guard let root = try? ProjectRoot(folder: folder.path + "/" + project) else { return "no folder" }
            _ = try TrustedCommit(reference, root: root, from: root.path)
            return nil
        } catch {
            return error.diagnostics.map(\.id).joined(separator: " ")
        }
    }

    @Test(
        "a reference vouches when the checkout can't choose what it means",
        arguments: [
            ("main", nil), ("v1", nil), ("HEAD", nil), ("refs/heads/main", nil), ("pr~0", nil),
            ("pr", "trust-base-is-checkout"), ("refs/heads/pr", "trust-base-is-checkout"),
            ("heads/pr", "trust-base-is-checkout"), ("nope", "unknown-trust-base"),
            ("origin/main", "unknown-trust-base"), ("", "unknown-trust-base"),
            ("--all", "unknown-trust-base"),
            ("main:ai", "unknown-trust-base"), ("-x", "unknown-trust-base"),
            ("0123456789012345678901234567890123456789", "unknown-trust-base"),
        ])
    func references(reference: String, id: String?) throws {
        guard let folder = try repository() else { return }
        #expect(mistake(reference, folder) == id)
    }

    @Test("what is missing can be fetched, as the hint says")
    func hint() throws {
        guard let folder = try repository() else { return }
        let root = try ProjectRoot(folder: folder.path + "/ai")
        let error = #expect(throws: DiagnosticError.self) { try TrustedCommit("origin/main", root: root) }
        #expect(
            error?.diagnostics.first?.hint
                == "evalrun never fetches; run `git fetch --depth=1 origin main` first, then --trust-base origin/main"
        )
    }

    @Test("a full hash is shown short, and HEAD with a warning")
    func labels() throws {
        guard let folder = try repository() else { return }
        let root = try ProjectRoot(folder: folder.path + "/ai")
        let main = try TrustedCommit("main", root: root, from: root.path)
        #expect(main.label == "main" && main.caution == nil)
        let hash = try TrustedCommit(main.commit, root: root, from: root.path)
        #expect(hash.label == String(main.commit.prefix(12)) && hash.commit == main.commit)
        let head = try TrustedCommit("HEAD", root: root, from: root.path)
        #expect(head.caution?.id == "trust-base-is-head" && head.caution?.severity == .warning)
    }

    @Test("a change can't move the project to a folder of its own")
    func roots() throws {
        guard let folder = try repository() else { return }
        try folder.write("", to: "ai/deeper/evalrun.yaml")
        #expect(mistake("main", folder, in: "ai/deeper") == "trust-base-root")
        #expect(mistake("main", folder, in: "") == nil)
        unlink(folder.path + "/ai/evalrun.yaml")
        let root = try ProjectRoot(folder: folder.path)
        let error = #expect(throws: DiagnosticError.self) {
            try TrustedCommit("main", root: root, from: folder.path + "/ai")
        }
        #expect(error?.diagnostics.map(\.id) == ["trust-base-root"])
    }

    @Test("files that look like a repository are none")
    func bareRepository() throws {
        guard let folder = try repository() else { return }
        try #require(folder.git("init", "-q", "--bare", "-b", "main", folder.path + "/ai"))
        #expect(mistake("main", folder) == "trust-base-git")
    }

    @Test("without a repository nothing is trusted")
    func noRepository() throws {
        let folder = try TemporaryFolder()
        #expect(mistake("main", folder, in: "") == "trust-base-git")
    }

    @Test("a submodule can't vouch for itself")
    func submodule() throws {
        guard let folder = try repository() else { return }
        let other = try TemporaryFolder()
        try #require(other.git("init", "-q", "-b", "main"))
        try other.write("", to: "evalrun.yaml")
        try #require(other.git("add", "-A") && other.git("commit", "-q", "-m", "1"))
        try #require(
            folder.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.path, "sub"))
        #expect(mistake("main", folder, in: "sub") == "trust-base-submodule")
    }

    @Test("a commit is written to a folder that goes away, whatever the work tree says")
    func extraction() throws {
        guard let folder = try repository() else { return }
        let root = try ProjectRoot(folder: folder.path + "/ai")
        try folder.write("evil", to: "ai/checks/x.sh")
        try folder.write("*.sh text eol=crlf\n", to: ".gitattributes")
        try folder.write("*.sh text eol=crlf\n", to: "ai/.gitattributes")
        let commit = try TrustedCommit("main", root: root, from: root.path)
        var place = ""
        do {
            let files = try commit.extract()
            place = files.root.path
            let tree = WorkingTree(files.root)
            for name in ["checks/x.sh", "link"] {
                #expect(try tree.read(#require(ProjectPath(name))) == Array("#!/bin/sh\n".utf8))
            }
            #expect(access(place + "/checks/x.sh", X_OK) == 0 && access(place + "/../lib/x.txt", R_OK) == 0)
            #expect(access(place + "/.gitattributes", R_OK) != 0)
            try WholeFile.write([1], to: place + "/made/by/program", makingFolders: true)
        }
        #expect(!place.isEmpty && access(place, F_OK) != 0 && access(place + "/../..", F_OK) != 0)
    }

    @Test(
        "the files of git itself are no part of a project",
        arguments: [".git/config", "link", "folder/config"])
    func gitFiles(path: String) throws {
        guard let folder = try repository() else { return }
        folder.link("link", to: ".git/config")
        folder.link("folder", to: ".git")
        let tree = WorkingTree(try ProjectRoot(folder: folder.path))
        let name = try #require(ProjectPath(path))
        let error = #expect(throws: FileError.self) { try tree.read(name) }
        #expect(error?.kind == .outsideProject && tree.kind(of: name) == .missing)
    }
}
