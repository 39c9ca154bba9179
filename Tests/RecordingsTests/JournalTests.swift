import Diagnostics
import Evals
import Files
import JSON
import Synchronization
import Testing

@testable import Recordings

@Suite("Journal")
struct JournalTests {
    let project: TemporaryProject

    init() throws { project = try TemporaryProject() }

    private var path: String { project.path + "/journal.jsonl" }

    private func file() throws -> AppendFile { try AppendFile(opening: path, shown: "journal.jsonl") }

    private static func entry(
        _ text: String, reply: Reply? = nil, source: Answer.Source = .live, notice: String? = nil,
        isDatasetRow: Bool = false, asked: String? = nil
    ) -> JournalEntry {
        var request = TemporaryProject.request(case: text, text: text, isDatasetRow: isDatasetRow)
        if asked != nil { request.site.purpose = "judge/tone" }
        return JournalEntry(
            site: request.site, asked: asked, call: 1, source: source, notice: notice,
            exchange: Exchange(
                request: request, response: reply ?? Reply(content: "to " + text),
                recordedAt: "2026-11-21T10:00:00Z"))
    }

    private func find(_ entry: JournalEntry, in journal: Journal) -> JournalEntry? {
        journal.entry(ofKey: entry.exchange.requestSHA256, at: entry.site, asked: entry.asked)
    }

    @Test(
        "an entry comes back from its line",
        arguments: [
            entry("plain"), entry("row", isDatasetRow: true), entry("verdict", asked: "strict"),
            entry("cached", source: .cached, notice: "served by small"),
            entry("lines\nand\r\u{2028}more \u{0}\u{7f}\u{1F69A}é"),
            entry("nothing", reply: Reply(content: nil, finishReason: "content_filter")),
            entry("odd end", reply: Reply(content: "x", finishReason: "eos_token")),
            entry("refusal", reply: Reply(content: nil, refusal: "no")),
            entry(
                "everything",
                reply: Reply(
                    servedModel: "m-1", content: "", finishReason: "tool_calls",
                    toolCalls: [["id": "1", "name": "f", "arguments": ["x": 1.50]]],
                    usage: Usage(inputTokens: 9, outputTokens: 8, cacheReadTokens: 7, reasoningTokens: 5),
                    latencyMS: 412.1234567890123, firstTokenMS: 12, attempts: 3, cost: Money(picoUSD: 1),
                    logprobs: [["token": "a", "logprob": -0.1]], requestID: "r", serviceTier: "flex",
                    fallback: "haiku", context: ["a", "b"])),
        ])
    func lines(entry: JournalEntry) throws {
        let line = entry.line
        #expect(line.last == 0x0A && line.dropLast().allSatisfy { $0 != 0x0A })
        #expect(JournalEntry(line: line.dropLast()) == entry)
        #expect(CheckedLine.key(of: line.dropLast()) == entry.exchange.requestSHA256)
        let text = String(decoding: line, as: UTF8.self)
        #expect(text.hasPrefix("{\"check\":\"") && (try? JSONParser().parse(text)) != nil)
    }

    @Test("a line with any byte changed or missing is no entry")
    func damagedLines() {
        let line = Array(Self.entry("a").line.dropLast())
        for index in line.indices {
            var changed = line
            changed[index] ^= 1
            #expect(CheckedLine.key(of: changed) == nil)
            #expect(CheckedLine.key(of: Array(line[..<index])) == nil)
        }
        #expect(CheckedLine.key(of: []) == nil)
    }

    @Test("a journal cut at any byte has every finished line, and grows on")
    func cuts() async throws {
        let entries = ["a", "b", "c"].map { Self.entry($0) }
        let whole = entries.flatMap(\.line)
        let next = Self.entry("next")
        for cut in 0...whole.count {
            try WholeFile.write(Array(whole[..<cut]), to: path, isDurable: false)
            let finished = whole[..<cut].count { $0 == 0x0A }
            let journal = try Journal(try file())
            #expect(journal.count == finished && journal.damage.isEmpty)
            for (index, entry) in entries.enumerated() {
                #expect(find(entry, in: journal) == (index < finished ? entry : nil))
            }
            guard cut % 16 == 0 || whole.count - cut < 3 else { continue }
            #expect(await journal.append(next))
            var kept: [JournalEntry] = []
            try Journal(try file()).forEachEntry { kept.append($0) }
            #expect(kept == entries[..<finished] + [next])
        }
    }

    @Test("a damaged line is told with its number, and the others are used")
    func damage() throws {
        let entries = ["a", "b", "c"].map { Self.entry($0) }
        var lines = entries.map(\.line)
        lines[1][100] ^= 4
        lines.insert(Array("\n".utf8), at: 2)
        try WholeFile.write(lines.flatMap { $0 }, to: path)
        let journal = try Journal(try file())
        #expect(journal.damage.map { $0.mark?.description } == ["journal.jsonl:2", "journal.jsonl:3"])
        #expect(journal.damage.allSatisfy { $0.severity == .warning })
        #expect(find(entries[0], in: journal) == entries[0])
        #expect(find(entries[1], in: journal) == nil)
        #expect(find(entries[2], in: journal) == entries[2])
        try WholeFile.write([UInt8](repeating: 0x0A, count: 50), to: path)
        #expect(
            try Journal(try file()).damage.map(\.message).last == "30 more lines of the journal are damaged")
    }

    @Test("many appends at once are all kept, in few groups")
    func concurrency() async throws {
        let groups = Atomic(0)
        let file = try file()
        let journal = try Journal(
            file,
            sink: { bytes in
                groups.add(1, ordering: .relaxed)
                return Result { () throws(FileError) in try file.append(bytes) }
            })
        let entries = (0..<2000).map { Self.entry("case \($0)") }
        await withTaskGroup(of: Bool.self) { group in
            for entry in entries { group.addTask { await journal.append(entry) } }
            for await isKept in group { #expect(isKept) }
        }
        let written = groups.load(ordering: .relaxed)
        #expect(written >= 1 && written <= entries.count)
        for journal in [journal, try Journal(try self.file())] {
            #expect(journal.count == entries.count && journal.damage.isEmpty)
            for entry in entries { #expect(find(entry, in: journal) == entry) }
        }
    }

    @Test("a full disk is told once; the answers that fit later are kept")
    func fullDisk() async throws {
        let isFull = Atomic(true)
        let warnings = Mutex<[Diagnostic]>([])
        let file = try file()
        let journal = try Journal(
            file,
            sink: { bytes in
                guard !isFull.load(ordering: .relaxed) else {
                    return .failure(
                        FileError(.system, path: "j", operation: "write", reason: "No space left on device"))
                }
                return Result { () throws(FileError) in try file.append(bytes) }
            }, warn: { warning in warnings.withLock { $0.append(warning) } })
        #expect(journal.incompleteness == nil)
        #expect(await !journal.append(Self.entry("a")))
        #expect(await !journal.append(Self.entry("b")))
        isFull.store(false, ordering: .relaxed)
        #expect(await journal.append(Self.entry("c")))
        let told = warnings.withLock { $0 }
        #expect(told.count == 1 && told.first?.message.contains("No space left") == true)
        #expect(
            journal.incompleteness?.message
                == "the journal is incomplete: 2 answers are not in it (can't write j: No space left on device)"
        )
        #expect(try Journal(try self.file()).count == 1)
    }

    @Test("a line beyond the size of a piece is read back, by place and in order")
    func longLines() async throws {
        let entries = [
            Self.entry("a"),
            Self.entry("long", reply: Reply(content: String(repeating: "é", count: 1 << 19))),
            Self.entry("c"),
        ]
        let journal = try Journal(try file())
        for entry in entries { #expect(await journal.append(entry)) }
        let again = try Journal(try file())
        for entry in entries { #expect(find(entry, in: again) == entry) }
        var kept: [JournalEntry] = []
        try again.forEachEntry { kept.append($0) }
        #expect(kept == entries)
    }
}
