import Files
import Testing

@Suite("Files that grow, and locks") struct AppendFileTests {
    @Test("what was appended is there when the file is opened again")
    func reopening() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        let first = try AppendFile(opening: path, shown: "a")
        #expect(try first.append(Array("one".utf8)) == 0)
        #expect(try first.append([]) == 3)
        #expect(try first.append(Array("two".utf8)) == 3)
        let second = try AppendFile(opening: path, shown: "a")
        #expect(second.count == 6)
        #expect(try second.read(at: 0, count: 100) == Array("onetwo".utf8))
        #expect(try second.read(at: 4, count: 1) == Array("w".utf8))
        #expect(try second.read(at: 6, count: 1).isEmpty)
        try second.truncate(to: 1)
        #expect(try second.append(Array("ver".utf8)) == 1)
        #expect(try second.read(at: 0, count: 100) == Array("over".utf8))
    }

    @Test("a folder, a link and a missing folder are refused", arguments: ["folder", "link", "missing/a"])
    func refused(name: String) throws {
        let folder = try TemporaryFolder()
        try WholeFile.write([], to: folder.path + "/folder/file", makingFolders: true)
        folder.link("link", to: folder.path + "/folder/file")
        #expect(throws: FileError.self) { try AppendFile(opening: folder.path + "/" + name, shown: name) }
    }

    @Test("a lock has one holder at a time")
    func lock() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/inner/lock"
        #expect(throws: FileError.self) { try FileLock(taking: path, shown: "lock") }
        var held = try FileLock(taking: path, shown: "lock", makingFolders: true)
        #expect(held != nil)
        let second = try FileLock(taking: path, shown: "lock")
        #expect(second == nil)
        #expect(FileLock.holder(of: path) != nil)
        withExtendedLifetime(held) {}
        held = nil
        let third = try FileLock(taking: path, shown: "lock")
        #expect(third != nil)
    }

    @Test(
        "folders are made, and nothing else counts as one",
        arguments: [
            ("", true), ("/new/inner", true), ("/file", false), ("/file/below", false), ("/nowhere", false),
            ("/a\u{0}b", false),
        ])
    func folders(path: String, isFine: Bool) throws {
        let folder = try TemporaryFolder()
        try WholeFile.write([], to: folder.path + "/file")
        folder.link("nowhere", to: folder.path + "/gone/below")
        do throws(FileError) {
            try FolderCreation.create(folder.path + path)
            #expect(isFine)
        } catch {
            #expect(!isFine)
        }
        #expect((PathProbe.modificationTime(folder.path + "/file") ?? 0) > 0)
        #expect(PathProbe.modificationTime(folder.path + "/gone") == nil)
    }
}
