import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file that is read at any place from any thread.
final class PackFile: Sendable {
    /// The path as shown to the user.
    let path: String
    private let descriptor: Int32

    /// Opens a file of the project.
    init(_ path: ProjectPath, in tree: WorkingTree) throws(FileError) {
        self.path = path.text
        guard tree.kind(of: path) == .file else {
            throw FileError(.missing, path: path.text, operation: "read", reason: "there is no such file")
        }
        descriptor = open(tree.root.absolute(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw FileError(
                .system, path: path.text, operation: "read", reason: String(cString: strerror(errno)))
        }
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes from `offset`; fewer at the end of the file.
    func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let result = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled)
                )
                if result < 0, errno == EINTR { continue }
                if result < 0 { failure = errno }
                guard result > 0 else { return }
                filled += result
            }
        }
        guard failure == 0 else {
            throw FileError(
                .system, path: path, operation: "read", reason: String(cString: strerror(failure)))
        }
        return bytes
    }

    /// Calls the body with each line, its number from 1 and its offset; a line above 16 MiB is given as nil.
    func forEachLine(
        _ body: (_ line: [UInt8]?, _ number: Int, _ offset: Int) throws(FileError) -> Void
    ) throws(FileError) {
        var line: [UInt8] = []
        var isTooLong = false
        var start = 0
        var number = 0
        var offset = 0
        while true {
            let piece = try read(at: offset, count: 1 << 17)
            if piece.isEmpty { break }
            var rest = piece[...]
            while let end = rest.firstIndex(of: 0x0A) {
                line += rest[..<end]
                number += 1
                try body(isTooLong || line.count > PackPlace.longest ? nil : line, number, start)
                line.removeAll(keepingCapacity: true)
                isTooLong = false
                start = offset + end + 1
                rest = rest[(end + 1)...]
            }
            if line.count + rest.count > PackPlace.longest {
                isTooLong = true
                line.removeAll()
            } else {
                line += rest
            }
            offset += piece.count
        }
        if start < offset { try body(isTooLong ? nil : line, number + 1, start) }
    }
}

/// Where a line of a pack stands, in 8 bytes: 40 bits of offset, 24 bits of length.
struct PackPlace: Sendable, Hashable {
    /// The longest line in bytes: just under 16 MiB.
    static let longest = (1 << 24) - 1
    private let bits: UInt64

    /// Creates a place; the length is at most `longest`.
    init(offset: Int, count: Int) { bits = UInt64(offset) << 24 | UInt64(count) }

    /// The first byte.
    var offset: Int { Int(bits >> 24) }
    /// How many bytes.
    var count: Int { Int(bits & 0xFF_FFFF) }
}
