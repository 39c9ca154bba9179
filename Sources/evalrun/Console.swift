import Diagnostics
import Recordings
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Standard output and standard error.
enum Console {
    /// Writes to standard output; throws when it can't be written, a closed pipe excepted.
    static func write(_ bytes: [UInt8]) throws(OutputError) { try write(bytes, to: 1) }

    private static let outputFailure = Mutex<String?>(nil)

    /// Writes text to standard output, names and values of files made safe for a terminal.
    ///
    /// When it can't be written, `failure` says so, and the program ends with exit code 3.
    static func print(_ text: String) {
        do throws(OutputError) {
            try write(Array(TerminalText.visible(text, multiline: true).utf8), to: 1)
        } catch {
            outputFailure.withLock { $0 = error.reason }
        }
    }

    /// Why standard output could not be written; nil while it could.
    static var failure: String? { outputFailure.withLock { $0 } }

    /// Writes text to standard error; what can't be written is lost.
    static func note(_ text: String) { try? write(Array(text.utf8), to: 2) }

    /// Whether standard output or standard error is a terminal.
    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Whether somebody is there to be asked: input, output and errors are terminals, and this is no continuous
    /// integration.
    static var hasUser: Bool {
        isTerminal(1)
            && RecordOffer.mayAsk(
                inputIsTerminal: isTerminal(0), errorsAreTerminal: isTerminal(2), environment: environment)
    }

    /// Asks a question on standard error; the line that is typed, nil at the end of input.
    static func ask(_ question: String) -> String? {
        note(question)
        guard let line = readLine() else {
            // The question's line has no end yet.
            note("\n")
            return nil
        }
        return line
    }

    /// The width of the terminal in columns; 80 when it is not known.
    static func width(_ descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// The value of an environment variable; nil when it is unset or empty.
    static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { buffer -> Int in
                guard let base = buffer.baseAddress else { return 0 }
                #if canImport(Darwin)
                    return Darwin.write(descriptor, base + start, bytes.count - start)
                #elseif canImport(Musl)
                    return Musl.write(descriptor, base + start, bytes.count - start)
                #else
                    return Glibc.write(descriptor, base + start, bytes.count - start)
                #endif
            }
            if count > 0 {
                start += count
            } else if count < 0, errno == EINTR {
                continue
            } else if count < 0, errno == EAGAIN {
                var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&item, 1, -1)
            } else {
                // The reader has seen enough, as `| head` does.
                if errno == EPIPE { return }
                throw OutputError(reason: String(cString: strerror(errno)))
            }
        }
    }
}

/// Standard output could not be written.
struct OutputError: Error {
    /// What the system says.
    let reason: String
}
