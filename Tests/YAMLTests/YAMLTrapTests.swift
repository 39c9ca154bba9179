import Diagnostics
import Testing
import YAML

@Suite struct YAMLTrapTests {
    private func read(_ text: String) -> YAMLReading {
        YAMLReader.parse(Array(text.utf8), file: "a.yaml")
    }

    @Test(
        "a value that needs quotes is shown with them, and read as meant",
        arguments: [
            ("regex: [0-9]+ days", "regex: '[0-9]+ days'", "yaml-syntax", "[0-9]+ days"),
            ("equals: {{ row.x }}", "equals: \"{{ row.x }}\"", "yaml-unquoted-template", "{{ row.x }}"),
            (
                "equals: {{ row.x }} and more", "equals: \"{{ row.x }} and more\"", "yaml-unquoted-template",
                "{{ row.x }} and more"
            ),
            (
                "equals: {{ row['x'] }}", "equals: \"{{ row['x'] }}\"", "yaml-unquoted-template",
                "{{ row['x'] }}"
            ),
            (
                "equals: {% if a %}b{% endif %}", "equals: \"{% if a %}b{% endif %}\"",
                "yaml-unquoted-template", "{% if a %}b{% endif %}"
            ),
            ("contains: *bold*", "contains: '*bold*'", "yaml-syntax", "*bold*"),
            ("contains: *bold", "contains: '*bold'", "undefined-alias", "*bold"),
            ("contains: Price: 5", "contains: 'Price: 5'", "yaml-syntax", "Price: 5"),
            ("contains: Price:", "contains: 'Price:'", "yaml-syntax", "Price:"),
            ("contains: @user", "contains: '@user'", "yaml-syntax", "@user"),
            ("contains: `code`", "contains: '`code`'", "yaml-syntax", "`code`"),
            ("contains: %5", "contains: '%5'", "yaml-syntax", "%5"),
            ("contains: - item", "contains: '- item'", "yaml-syntax", "- item"),
            ("contains: > 5 days", "contains: '> 5 days'", "yaml-syntax", "> 5 days"),
            ("contains: \"a\" or b", "contains: '\"a\" or b'", "yaml-syntax", "\"a\" or b"),
            ("contains: it: isn't # why", "contains: \"it: isn't\"", "yaml-syntax", "it: isn't"),
        ])
    func traps(line: String, hint: String, id: String, value: String) throws {
        for (prefix, suffix, number) in [("", "\n", 1), ("x:\n  - ", "\n    other: 1\ny: 2\n", 2)] {
            let reading = read(prefix + line + suffix)
            #expect(reading.diagnostics.map(\.id) == [id])
            let first = try #require(reading.diagnostics.first)
            #expect(first.hint?.contains(hint) == true, "\(first.hint ?? "")")
            let lead = (prefix.split(separator: "\n").last?.count ?? 0)
            let colon = try #require(line.firstIndex(of: ":"))
            let column = lead + line.distance(from: line.startIndex, to: colon) + 3
            #expect(first.mark == SourceMark(file: "a.yaml", line: number, column: column))
            let node = number == 1 ? reading.root : reading.root?["x"]?.items?.first
            #expect(node?.entries?.first?.value.scalar?.text == value)
            if number == 2 { #expect(reading.root?["y"]?.scalar?.text == "2") }
        }
    }

    @Test("several traps are found in one go, with fixes in the columns of the file")
    func several() {
        let reading = read(
            "a: {{ x }}\nb: [1] y\nc: {p: {{ q }}, p: {{ r }}}\nb: 2\nd: @me\n")
        #expect(
            reading.diagnostics.map { "\($0.id)@\($0.mark?.line ?? 0):\($0.mark?.column ?? 0)" } == [
                "yaml-unquoted-template@1:4", "yaml-syntax@2:4", "yaml-unquoted-template@3:8",
                "duplicate-key@3:17", "yaml-unquoted-template@3:20", "duplicate-key@4:1", "yaml-syntax@5:4",
            ])
        #expect(
            Set(reading.fixes) == [
                YAMLFix(line: 1, columns: 4..<11, replacement: "\"{{ x }}\""),
                YAMLFix(line: 2, columns: 4..<9, replacement: "'[1] y'"),
                YAMLFix(line: 3, columns: 8..<15, replacement: "\"{{ q }}\""),
                YAMLFix(line: 3, columns: 20..<27, replacement: "\"{{ r }}\""),
                YAMLFix(line: 5, columns: 4..<7, replacement: "'@me'"),
            ])
    }

    @Test(
        "a value hidden in a comment is known", arguments: ["contains: #1 seller", "contains:   #1 seller  "])
    func hiddenComment(line: String) {
        let reading = read("a: 1\n\(line)\n")
        let value = reading.root?["contains"]
        #expect(reading.diagnostics.isEmpty)
        #expect(value?.isNull == true)
        #expect(value?.scalar?.hiddenComment == "#1 seller")
        #expect(value?.mark.column == line.split(separator: "#")[0].count + 1)
    }

    @Test(
        "an ordinary null hides nothing",
        arguments: ["contains:", "contains: ~ # x", "contains: ''", "contains: # x\n  y"])
    func noHiddenComment(line: String) {
        #expect(read("\(line)\n").root?["contains"]?.scalar?.hiddenComment == nil)
    }
}
