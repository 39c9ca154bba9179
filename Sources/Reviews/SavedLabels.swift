import Diagnostics
import JSON

/// Reads the labels that the page of a sheet saved.
struct SavedLabels {
    private let bytes: [UInt8]

    /// Prepares to read.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The sheet.
    func sheet(_ file: String) -> FilledSheet {
        var sheet = FilledSheet(file: file)
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONParser(rejectsDuplicateKeys: true).parse(bytes: bytes)
        } catch {
            sheet.report("bad-json", error.message, line: error.line)
            return sheet
        }
        guard let version = value["evalrun_review"]?.integer, let labels = value["labels"]?.array else {
            sheet.report(
                "not-a-sheet", "the file has no labels of a sheet", line: 1,
                hint: "name the file that the page of `evalrun review export --format html` saved")
            return sheet
        }
        guard version == ReviewSheet.version else {
            sheet.report(
                "labels-format",
                "the labels have the format version \(version), and this evalrun reads version \(ReviewSheet.version)",
                line: 1, hint: "read them with the evalrun that wrote their sheet")
            return sheet
        }
        sheet.results = value["results"]?.string
        let name = LabelText.trimmed(value["labeler"]?.string ?? "")
        sheet.labeler = name.isEmpty ? nil : name
        let places = JSONPlaces.find(
            labels.indices.map { JSONPointer(tokens: ["labels", "\($0)"]) }, in: bytes)
        for (label, place) in zip(labels, places) {
            guard let id = label["id"]?.string, let word = Self.text(label["label"]),
                let note = Self.text(label["note"])
            else {
                sheet.report("bad-label", "a label needs the texts 'id' and 'label'", line: place.line)
                continue
            }
            sheet.labels.append(
                ReviewLabel(id: id, word: word, note: note, mark: sheet.mark(line: place.line)))
        }
        // Nothing labeled yet is a sheet all the same.
        if labels.isEmpty {
            sheet.report("no-labels", "the file has no label", line: 1, hint: "label answers, and save again")
        }
        return sheet
    }

    /// A text that may be absent or null; nil for any other value.
    private static func text(_ value: JSONValue?) -> String? {
        guard let value, !value.isNull else { return "" }
        return value.string
    }
}
