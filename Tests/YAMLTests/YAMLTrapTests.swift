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
        let file = Array((line + "\n").utf8)
        let fixes = read(line + "\n").diagnostics.compactMap(\.fix)
        let (mended, made) = YAMLReader.applying(fixes, to: file)
        #expect(made == fixes && made.count == 1)
        #expect(YAMLReader.parse(mended, file: "a.yaml").diagnostics.isEmpty)
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

    @Test(
        "a value in braces that needs quotes is shown with them, and read as meant",
        arguments: [
            ("{regex: [0-9]+ days, weight: 2}", "regex: '[0-9]+ days'", "[0-9]+ days"),
            ("{regex: [0-9]+ days}", "regex: '[0-9]+ days'", "[0-9]+ days"),
            ("{contains: Price: 5, weight: 2}", "contains: 'Price: 5'", "Price: 5"),
            ("{contains: *bold*, metric: x}", "contains: '*bold*'", "*bold*"),
            ("{contains: #1 seller}", "contains: '#1 seller'", "#1 seller"),
            ("{contains: @user, weight: 0}", "contains: '@user'", "@user"),
            ("{equals: {{ row.x }} and more}", "equals: \"{{ row.x }} and more\"", "{{ row.x }} and more"),
            ("{contains: \"a\" or b}", "contains: '\"a\" or b'", "\"a\" or b"),
        ])
    func flowTraps(line: String, hint: String, value: String) throws {
        let text = "x:\n  - \(line)\n  - y: 1\n"
        let reading = read(text)
        let first = try #require(reading.diagnostics.first)
        #expect(reading.diagnostics.count == 1)
        #expect(first.hint?.contains(hint) == true, "\(first.hint ?? "")")
        #expect(first.mark?.line == 2)
        #expect(reading.root?["x"]?.items?.first?.entries?.first?.value.scalar?.text == value)
        let (mended, made) = YAMLReader.applying(reading.diagnostics.compactMap(\.fix), to: Array(text.utf8))
        #expect(made.count == 1)
        let again = YAMLReader.parse(mended, file: "a.yaml")
        #expect(again.diagnostics.isEmpty)
        #expect(again.root?["x"]?.items?.first?.entries?.first?.value.scalar?.text == value)
    }

    @Test(
        "backslashes that are no escapes are kept by single quotes, and never become part of quotes in quotes"
    )
    func escapes() throws {
        let text = "a: \"\\d{4}-\\\\w\\\"\"\nb: 1\n"
        let reading = read(text)
        #expect(reading.diagnostics.count == 1)
        #expect(reading.diagnostics.first?.message == "'\\d' is no escape in double quotes")
        let (mended, _) = YAMLReader.applying(reading.diagnostics.compactMap(\.fix), to: Array(text.utf8))
        #expect(String(decoding: mended, as: UTF8.self) == "a: '\\d{4}-\\\\w\"'\nb: 1\n")
        #expect(reading.root?["a"]?.scalar?.text == "\\d{4}-\\\\w\"")
    }

    @Test(
        "what can't be told is left alone",
        arguments: [
            "a: \"\\d\\n\"", "a: \"\\ud83d\\ude00\"", "a: \"\\x4\"", "a: \"open", "a: 'open",
        ])
    func unfixable(text: String) {
        let reading = read(text + "\n")
        #expect(!reading.diagnostics.isEmpty)
        #expect(reading.diagnostics.allSatisfy { $0.fix == nil })
    }

    @Test("A fix is made only where the text still stands, bytes around it untouched")
    func applying() {
        let fix = SourceFix(line: 2, columns: 4..<7, original: "@me", replacement: "'@me'")
        let other = SourceFix(line: 2, columns: 5..<7, original: "me", replacement: "x")
        for (file, expected) in [
            ("a: 1\r\nd: @me\r\n", "a: 1\r\nd: '@me'\r\n"),
            ("\u{FEFF}a: 1\nd: @me", "\u{FEFF}a: 1\nd: '@me'"),
            ("é: 1\nd: @me # ü\n", "é: 1\nd: '@me' # ü\n"), ("a: 1\nd: @we\n", "a: 1\nd: @we\n"),
            ("a: 1", "a: 1"),
        ] {
            let (bytes, made) = YAMLReader.applying([fix], to: Array(file.utf8))
            #expect(String(decoding: bytes, as: UTF8.self) == expected)
            #expect(made.isEmpty == (file == expected))
        }
        let overlapping = YAMLReader.applying([fix, other], to: Array("a: 1\nd: @me\n".utf8))
        #expect(overlapping.made.count == 1)
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
            Set(reading.diagnostics.compactMap(\.fix)) == [
                SourceFix(line: 1, columns: 4..<11, original: "{{ x }}", replacement: "\"{{ x }}\""),
                SourceFix(line: 2, columns: 4..<9, original: "[1] y", replacement: "'[1] y'"),
                SourceFix(line: 3, columns: 8..<15, original: "{{ q }}", replacement: "\"{{ q }}\""),
                SourceFix(line: 3, columns: 20..<27, original: "{{ r }}", replacement: "\"{{ r }}\""),
                SourceFix(line: 5, columns: 4..<7, original: "@me", replacement: "'@me'"),
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
