import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Probing paths") struct PathProbeTests {
    @Test("whatever stands at a path is there, even a link that leads nowhere")
    func exists() throws {
        let folder = try TemporaryFolder()
        let path = folder.path
        try WholeFile.write([0x61], to: path + "/file", makingFolders: true)
        #expect(symlink("nowhere", path + "/dangling") == 0)
        #expect(mkfifo(path + "/pipe", 0o600) == 0)
        #expect(PathProbe.exists(path))
        #expect(PathProbe.exists(path + "/file"))
        #expect(PathProbe.exists(path + "/dangling"))
        #expect(PathProbe.exists(path + "/pipe"))
        #expect(!PathProbe.exists(path + "/none"))
        #expect(!PathProbe.exists(path + "/file/below"))
        #expect(!PathProbe.exists(path + "/file\u{0}"))
    }

    @Test("a folder that can't be made names the system's reason, not a missing file")
    func folderCreation() {
        // Neither root nor anyone else may make folders there.
        guard let place = ["/sys", "/System"].first(where: PathProbe.exists) else { return }
        let error = #expect(throws: FileError.self) {
            try FolderCreation.create(place + "/evalrun-tests/deep", shown: "deep")
        }
        #expect(error?.kind == .system)
    }
}
