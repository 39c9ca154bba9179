import Foundation

#if canImport(Glibc)
    import Glibc

    /// A pseudo-terminal: what a program writes to it is read here.
    final class Terminal {
        /// What a program gets to write to.
        let device: FileHandle
        private let reader: Int32

        /// Opens a pair of ends.
        init() throws {
            reader = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            // TIOCSPTLCK and TIOCGPTN, which the module of the C library does not have.
            var isLocked: Int32 = 0
            var number: UInt32 = 0
            guard reader >= 0, ioctl(reader, 0x4004_5431, &isLocked) == 0,
                ioctl(reader, 0x8004_5430, &number) == 0
            else { throw POSIXError(.ENXIO) }
            let writer = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
            guard writer >= 0 else { throw POSIXError(.ENXIO) }
            device = FileHandle(fileDescriptor: writer, closeOnDealloc: true)
        }

        deinit { close(reader) }

        /// Gives the terminal a width.
        func resize(columns: Int) throws {
            var size = winsize(ws_row: 50, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
            guard ioctl(reader, UInt(TIOCSWINSZ), &size) == 0 else { throw POSIXError(.ENOTTY) }
        }

        /// Reads until a text appears or the program ends.
        func waitForText(_ text: String) {
            // Only the program holds the other end then, and its end ends the reading.
            try? device.close()
            var seen: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while !String(decoding: seen, as: UTF8.self).contains(text) {
                let count = read(reader, &buffer, buffer.count)
                guard count > 0 else { return }
                seen += buffer[..<count]
            }
        }

        /// Types an answer to each question as soon as it appears; all that the program wrote until it ended.
        ///
        /// - Parameter answers: What is waited for, and what is typed then, with a line feed where one is to follow.
        func converse(_ answers: [(question: String, answer: String)]) -> String {
            try? device.close()
            var seen: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            var waiting = answers[...]
            var start = 0
            while true {
                if let next = waiting.first,
                    String(decoding: seen[start...], as: UTF8.self).contains(next.question)
                {
                    start = seen.count
                    waiting.removeFirst()
                    let bytes = Array(next.answer.utf8)
                    guard write(reader, bytes, bytes.count) == bytes.count else { break }
                }
                let count = read(reader, &buffer, buffer.count)
                guard count > 0 else { break }
                seen += buffer[..<count]
            }
            return String(decoding: seen, as: UTF8.self)
        }

        /// All that is written until the program ends.
        func contents() -> String {
            try? device.close()
            var seen: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(reader, &buffer, buffer.count)
                guard count > 0 else { return String(decoding: seen, as: UTF8.self) }
                seen += buffer[..<count]
            }
        }

        /// Lets the program write without waiting, from now on.
        func drain() {
            _ = contents()
        }
    }
#endif
