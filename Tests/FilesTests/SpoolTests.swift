import Files
import Testing

@Suite struct SpoolTests {
    @Test("records come back, whoever wrote them when")
    func records() async throws {
        let folder = try TemporaryFolder()
        let spool = Spool(in: folder.path)
        #expect(folder.names().isEmpty)
        let ranges = try await withThrowingTaskGroup(of: (Int, Spool.Range).self) { group in
            for index in 0..<200 {
                group.addTask {
                    (index, spool.append([UInt8](repeating: UInt8(index), count: index * 7)))
                }
            }
            var ranges: [Int: Spool.Range] = [:]
            for try await (index, range) in group { ranges[index] = range }
            return ranges
        }
        for (index, range) in ranges {
            #expect(try spool.read(range) == [UInt8](repeating: UInt8(index), count: index * 7))
        }
    }

    @Test(
        "hashes are those of the standard",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func hashes(text: String, expected: String) {
        #expect(ContentHash.sha256Hex(Array(text.utf8)) == expected)
        var hash = ContentHash()
        for byte in text.utf8 { hash.update(CollectionOfOne(byte)) }
        #expect(hash.hex == expected)
    }
}
