import Diagnostics
import Files
import JSON
import Statistics

/// Reads labels: JSON Lines, each line what one person says of one answer.
///
/// Lines with the same answer and the same question, context, reference and variables are about one answer, whatever
/// their ids: an answer that stands there twice is no second proof. Each labeler has one say about it; lines without
/// a labeler are one person's.
struct LabelFile {
    /// Collects mistakes.
    let reader: SourceReader

    /// All that was said of one answer.
    private struct Item {
        var row: LabelRow
        var hash: String
        var labels: [(labeler: String?, id: String?, passes: Bool, mark: SourceMark)] = []
    }

    /// The labels of a file; nil, with diagnostics, when there is a mistake or nothing in it.
    func sheet(_ path: ProjectPath) -> LabelSheet? {
        guard let bytes = reader.bytes(path) else { return nil }
        let before = reader.mistakeCount
        let items = items(rows(bytes, file: reader.shown(path)))
        guard reader.mistakeCount == before else { return nil }
        guard !items.isEmpty else {
            reader.report(
                "no-labels", "the file has no label", at: SourceMark(file: reader.shown(path)),
                hint: "write lines such as {\"output\": \"…\", \"label\": \"pass\"}")
            return nil
        }
        return sheet(items, sha256: ContentHash.sha256Hex(bytes))
    }

    private func rows(_ bytes: [UInt8], file: String) -> [LabelRow] {
        var rows: [LabelRow] = []
        var bytes = bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            var mark = SourceMark(file: file, line: index + 1, column: 1)
            let value: JSONValue
            do throws(JSONParseError) {
                value = try JSONParser(rejectsDuplicateKeys: true).parse(bytes: Array(line))
            } catch {
                mark.column = error.column
                reader.report("bad-json", error.message, at: mark)
                continue
            }
            guard let members = value.object else {
                reader.report(
                    "bad-row", "a label must be an object, not \(value.typeName)", at: mark)
                continue
            }
            if let row = LabelRow(members, at: mark, reader: reader) { rows.append(row) }
        }
        return rows
    }

    private func items(_ rows: [LabelRow]) -> [Item] {
        var items: [Item] = []
        var places: [String: Int] = [:]
        var owners: [String: (hash: String, mark: SourceMark)] = [:]
        for row in rows {
            let hash = row.contentHash
            if let id = row.id {
                if let owner = owners[id], owner.hash != hash {
                    reader.add(
                        Diagnostic(
                            "duplicate-id",
                            "the id '\(id)' stands for two answers that differ", at: row.mark,
                            hint: "give each answer an id of its own, or leave the ids out",
                            notes: [.init("the other one is here", at: owner.mark)]))
                    continue
                }
                if owners[id] == nil { owners[id] = (hash, row.mark) }
            }
            let place = places[hash] ?? items.count
            if place == items.count {
                places[hash] = place
                items.append(Item(row: row, hash: hash))
            }
            add(row, to: &items[place])
        }
        return items
    }

    private func add(_ row: LabelRow, to item: inout Item) {
        if item.row.id == nil { item.row.id = row.id }
        guard let earlier = item.labels.first(where: { $0.labeler == row.labeler }) else {
            item.labels.append((row.labeler, row.id, row.passes, row.mark))
            return
        }
        let who = row.labeler.map { "'\(TerminalText.excerpt($0, limit: 60))'" } ?? "nobody by name"
        let note = Diagnostic.Note("the other one is here", at: earlier.mark)
        if earlier.passes != row.passes {
            reader.add(
                Diagnostic(
                    "contradictory-labels", "the same answer is passed and failed by \(who)", at: row.mark,
                    hint: "where several people label, write who: \"labeler\": \"NAME\"", notes: [note]))
        } else if let id = row.id, id == earlier.id {
            reader.add(
                Diagnostic(
                    "duplicate-id", "the answer '\(id)' is labeled twice by \(who)", at: row.mark,
                    hint: "where several people label, write who: \"labeler\": \"NAME\"", notes: [note]))
        }
    }

    private func sheet(_ items: [Item], sha256: String) -> LabelSheet {
        var sheet = LabelSheet()
        sheet.sha256 = sha256
        for item in items {
            let passes = item.labels.count(where: \.passes)
            let id = item.row.id ?? String(item.hash.prefix(12))
            if item.labels.count > 1 { sheet.sharedAnswers += 1 }
            guard passes * 2 != item.labels.count else {
                sheet.ties.append(id)
                continue
            }
            sheet.answers.append(
                LabeledAnswer(
                    id: id, output: item.row.output, question: item.row.question, context: item.row.context,
                    reference: item.row.reference, variables: item.row.variables,
                    passes: passes * 2 > item.labels.count, mark: item.row.mark))
        }
        sheet.humanAgreement = KrippendorffAlpha.nominal(
            labelsByUnit: items.map { $0.labels.map(\.passes) })
        return sheet
    }
}
