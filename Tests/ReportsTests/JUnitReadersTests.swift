import Evals
import Files
import Reports
import Results
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("JUnit readers") struct JUnitReadersTests {
    /// The exit status by which the script says that a reader is not installed.
    private static let isMissingReader: Int32 = 77

    @Test("junitparser and lxml count what the report counts", arguments: [JUnitDialect.rich, .strict])
    func readers(_ dialect: JUnitDialect) throws {
        var executions = (1...2).map { sample in SampleRun.execution("good") { $0.sample = sample } }
        executions.append(SampleRun.failed(SampleRun.hostile, output: SampleRun.hostile))
        executions.append(SampleRun.missing("missing"))
        executions.append(changed(SampleRun.failed("tone")) { $0.isAdvisory = true })
        let gates = [SampleRun.gate(verdict: .failed), SampleRun.gate(verdict: .notEvaluated)]
        let text = try SampleRun.text(
            JUnitReport(dialect: dialect), SampleRun.results(executions, gates: gates))

        let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
        let file = "\(try Self.temporaryFolder())/report.xml"
        try WholeFile.write(Array(text.utf8), to: file, makingFolders: true)
        var arguments = ["\(folder)/Readers/junit_readers.py", file, "7", "2", "1", "2"]
        // A copy of the schema of the Jenkins plug-in xunit, for those who have one.
        if dialect == .strict, let schema = getenv("EVALRUN_JUNIT_XSD") {
            arguments.append(String(cString: schema))
        }
        let status = Self.python(arguments)
        unlink(file)
        rmdir(String(file.dropLast("/report.xml".count)))
        if status == Self.isMissingReader || status == nil {
            print("skipped: python3 with the packages junitparser and lxml is not installed")
            return
        }
        #expect(status == 0)
    }

    /// A new folder for one file.
    private static func temporaryFolder() throws -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/evalrun-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) } != nil
        }
        try #require(isMade, "no temporary folder can be made")
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Runs python3 and gives its exit status; nil when it cannot be started.
    private static func python(_ arguments: [String]) -> Int32? {
        var words = (["python3"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard posix_spawnp(&process, "python3", nil, nil, &words, environ) == 0 else { return nil }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return nil } }
        let isExit = status & 0x7F == 0
        return isExit ? (status >> 8) & 0xFF : -1
    }
}
