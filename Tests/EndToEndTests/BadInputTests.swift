import Foundation
import Testing

@Suite("Bad input")
struct BadInputTests {
    /// A file that is wrong, and what the diagnostic says.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let name: String
        var file = "evalsuites/s.suite.yaml"
        let bytes: Data
        let says: [String]
        var testDescription: String { name }

        init(_ name: String, file: String = "evalsuites/s.suite.yaml", _ text: String, _ says: [String]) {
            self.init(name, file: file, data: Data(text.utf8), says)
        }

        init(_ name: String, file: String = "evalsuites/s.suite.yaml", data: Data, _ says: [String]) {
            self.name = name
            self.file = file
            bytes = data
            self.says = says
        }
    }

    private static let bomb =
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + (1...9).map {
            "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ", "))]\n"
        }
        .joined()

    private static func rows(_ csv: String) -> [String: String] { ["evalsuites/d.csv": csv] }

    private static let dataset = Sample.suite([
        "{dataset: d.csv, id: \"{{ row.id }}\", vars: {q: {text: \"{{ row.t }}\"}}, assert: [equals: x]}"
    ])

    @Test(
        "a wrong file is exit 2 with its place, and nothing is run",
        arguments: [
            Mistake("alias bomb", bomb, ["evalsuites/s.suite.yaml:", "alias"]),
            Mistake(
                "deep nesting",
                "a: " + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000),
                ["evalsuites/s.suite.yaml:1:", "1000"]),
            Mistake(
                "deep nesting that never ends", String(repeating: "[", count: 100_000),
                ["evalsuites/s.suite.yaml:1:"]),
            Mistake(
                "deep block nesting", (0..<3000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
                ["evalsuites/s.suite.yaml:"]),
            Mistake("NUL", "suite: s\n\0\n", ["evalsuites/s.suite.yaml:2:1"]),
            Mistake(
                "invalid UTF-8", data: Data("suite: s\nx: ".utf8 + [0xC3, 0x28]),
                ["evalsuites/s.suite.yaml:2:4", "UTF-8"]),
            Mistake(
                "UTF-16", data: Data([0xFF, 0xFE, 0x73, 0, 0x75, 0]), ["evalsuites/s.suite.yaml", "UTF-8"]),
            Mistake(
                "a file above 16 MiB", String(repeating: "# padding line\n", count: 1_200_000),
                [
                    "evalsuites/s.suite.yaml", "16 MiB",
                ]),
            Mistake("empty", "", ["evalsuites/s.suite.yaml"]),
            Mistake("a list", "- a\n- b\n", ["evalsuites/s.suite.yaml:1:1"]),
            Mistake("two documents", "suite: s\n---\nsuite: t\n", ["evalsuites/s.suite.yaml:"]),
            Mistake("duplicate key", "suite: s\nsuite: t\n", ["evalsuites/s.suite.yaml:2:1", "duplicate"]),
            Mistake("tab indent", "suite: s\ncases:\n\t- a\n", ["evalsuites/s.suite.yaml:3:1", "tab"]),
            Mistake(
                "infinity", Sample.suite([Sample.passing("a", "threshold: .inf")]),
                ["evalsuites/s.suite.yaml:5:", ".inf"]),
            Mistake(
                "unknown key", Sample.suite([Sample.passing("a", "tagz: [x]")]),
                ["evalsuites/s.suite.yaml:5:", "tags"]),
            Mistake(
                "wrong type", Sample.suite([Sample.passing("a", "tags: {a: 1}")]),
                ["evalsuites/s.suite.yaml:5:"]),
            Mistake(
                "case twice", Sample.suite([Sample.passing("a"), Sample.passing("a")]),
                ["evalsuites/s.suite.yaml:6:", "a"]),
            Mistake(
                "undefined variable", Sample.suite(["{id: a, assert: [equals: x]}"]),
                ["evalsuites/s.suite.yaml:5:", "'q'"]),
            Mistake(
                "no assertion", Sample.suite(["{id: a, vars: {q: {text: x}}}"]),
                ["evalsuites/s.suite.yaml:5:"]),
            Mistake(
                "no assertion that decides",
                Sample.suite(["{id: a, vars: {q: {text: x}}, assert: [{equals: x, weight: 0}]}"]),
                ["evalsuites/s.suite.yaml:5:", "weight"]),
            Mistake(
                "null value", Sample.suite(["{id: a, vars: {q: {text: x}}, assert: [{contains: }]}"]),
                [
                    "evalsuites/s.suite.yaml:5:"
                ]),
            Mistake(
                "pattern", Sample.suite(["{id: a, vars: {q: {text: x}}, assert: [{regex: \"(\"}]}"]),
                [
                    "evalsuites/s.suite.yaml:5:"
                ]),
            Mistake(
                "schema", Sample.suite(["{id: a, vars: {q: {text: x}}, assert: [{schema: {type: strin}}]}"]),
                [
                    "evalsuites/s.suite.yaml:5:"
                ]),
            Mistake(
                "gate over nothing",
                Sample.suite(
                    [Sample.passing("a")], gates: ["{metric: pass_rate, min: 1, where: {tags: none}}"]),
                ["evalsuites/s.suite.yaml:7:"]),
            Mistake(
                "gate of an unknown metric",
                Sample.suite([Sample.passing("a")], gates: ["{metric: pas_rate, min: 1}"]),
                ["evalsuites/s.suite.yaml:7:", "pass_rate"]),
            Mistake(
                "gate without a bound", Sample.suite([Sample.passing("a")], gates: ["{metric: pass_rate}"]),
                ["evalsuites/s.suite.yaml:7:"]),
            Mistake(
                "huge repeat", Sample.suite([Sample.passing("a", "repeat: 999999999999999999999")]),
                [
                    "evalsuites/s.suite.yaml:5:"
                ]),
            Mistake(
                "missing dataset", Sample.suite(["{dataset: no.csv, assert: [equals: x]}"]),
                ["evalsuites/s.suite.yaml:5:", "no.csv"]),
            Mistake(
                "absolute path", Sample.suite(["{dataset: /etc/passwd, assert: [equals: x]}"]),
                ["evalsuites/s.suite.yaml:5:"]),
            Mistake(
                "path that leads out", Sample.suite(["{dataset: ../../x.csv, assert: [equals: x]}"]),
                ["evalsuites/s.suite.yaml:5:"]),
            Mistake(
                "dataset that is a folder", Sample.suite(["{dataset: ../prompts, assert: [equals: x]}"]),
                ["evalsuites/s.suite.yaml:5:"]),
            Mistake(
                "missing file of a variable",
                Sample.suite(["{id: a, vars: {q: {file: no.txt}}, assert: [equals: x]}"]),
                ["evalsuites/s.suite.yaml:5:", "no.txt"]),
            Mistake(
                "project file", file: "evalrun.yaml", "models: {small: {provder: openai, model: x}}\n",
                ["evalrun.yaml:1:", "provider"]),
            Mistake(
                "template", file: "prompts/p.prompt.yaml", "name: p\nuser: \"{% for x in %}\"\n",
                ["prompts/p.prompt.yaml:2:"]),
            Mistake(
                "include of itself", file: "prompts/p.prompt.yaml",
                "name: p\nuser: '{% include \"a.md\" %}'\n", ["a.md"]),
            Mistake(
                "include of a missing file", file: "prompts/p.prompt.yaml",
                "name: p\nuser: '{% include \"no.md\" %}'\n", ["prompts/p.prompt.yaml:2:", "no.md"]),
            Mistake(
                "include that leads out", file: "prompts/p.prompt.yaml",
                "name: p\nuser: '{% include \"../../x.md\" %}'\n", ["prompts/p.prompt.yaml:2:"]),
            Mistake(
                "CSV with a ragged row", file: "evalsuites/d.csv", "id,t\n1,x\n2\n", ["evalsuites/d.csv:3"]),
            Mistake(
                "CSV with an open quote", file: "evalsuites/d.csv", "id,t\n1,\"x\n2,y\n",
                ["evalsuites/d.csv:2"]),
            Mistake(
                "CSV with a column twice", file: "evalsuites/d.csv", "id,id,t\n1,1,x\n",
                ["evalsuites/d.csv:1"]),
            Mistake(
                "CSV with an id twice", file: "evalsuites/d.csv", "id,t\n1,x\n1,y\n", ["evalsuites/d.csv:3"]),
            Mistake("CSV without the column", file: "evalsuites/d.csv", "id,u\n1,x\n", ["evalsuites/"]),
            Mistake(
                "CSV that is not UTF-8", file: "evalsuites/d.csv",
                data: Data("id,t\n1,".utf8 + [0xFF, 0x0A]), ["evalsuites/d.csv:2"]),
            Mistake(
                "CSV with an id with control characters", file: "evalsuites/d.csv", "id,t\n\u{1b}[2J,x\n",
                ["evalsuites/d.csv:2"]),
            Mistake("empty CSV", file: "evalsuites/d.csv", "", ["evalsuites/d.csv"]),
        ])
    func wrongFile(mistake: Mistake) throws {
        let usesRows = mistake.file.hasSuffix(".csv")
        let project = try Sample.project(
            [Sample.passing("a")],
            more: ["prompts/a.md": "{% include 'b.md' %}", "prompts/b.md": "{% include 'a.md' %}"])
        if usesRows { try project.write(Self.dataset, to: "evalsuites/s.suite.yaml") }
        try project.write(mistake.bytes, to: mistake.file)
        for words in [["check"], ["run", "--report", "junit=j.xml"]] {
            let run = try project.run(words: words)
            #expect(run.exitCode == 2, "\(run.all.prefix(3000))")
            #expect(run.output == "", "\(run.output.prefix(1000))")
            for text in mistake.says {
                #expect(run.errors.contains(text), "\(text) in \(run.errors.prefix(3000))")
            }
            #expect(run.errors.utf8.count < 20_000, "a message that can be read")
            let isHarmless = run.errors.unicodeScalars.allSatisfy {
                $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control
            }
            #expect(isHarmless)
        }
        #expect(!project.exists("j.xml"))
    }

    /// A file that can't be read, made by a shell command in `evalsuites`.
    struct Obstacle: Sendable, CustomTestStringConvertible {
        let name: String
        let command: String
        var says: [String] = ["evalsuites/"]
        var testDescription: String { name }
    }

    @Test(
        "what is no readable file is exit 2 and never waited for",
        arguments: [
            Obstacle(name: "FIFO instead of a suite", command: "mkfifo evalsuites/x.suite.yaml"),
            Obstacle(name: "dangling link", command: "ln -s nowhere evalsuites/x.suite.yaml"),
            Obstacle(name: "link to itself", command: "ln -s x.suite.yaml evalsuites/x.suite.yaml"),
            Obstacle(name: "link out of the project", command: "ln -s /etc/passwd evalsuites/x.suite.yaml"),
            Obstacle(
                name: "dataset behind a link out",
                command: "rm evalsuites/d.csv && ln -s /etc/passwd evalsuites/d.csv", says: ["d.csv"]),
            Obstacle(
                name: "dataset that is a FIFO", command: "rm evalsuites/d.csv && mkfifo evalsuites/d.csv",
                says: ["d.csv"]),
            Obstacle(
                name: "dataset that is a device",
                command: "rm evalsuites/d.csv && ln -s /dev/zero evalsuites/d.csv", says: ["d.csv"]),
            Obstacle(
                name: "project file that is a folder", command: "rm evalrun.yaml && mkdir evalrun.yaml",
                says: ["evalrun.yaml"]),
            Obstacle(
                name: "prompt that is a FIFO",
                command: "rm prompts/p.prompt.yaml && mkfifo prompts/p.prompt.yaml", says: ["p.prompt.yaml"]),
            Obstacle(
                name: "suite without permission",
                command:
                    "chmod 0 evalsuites/s.suite.yaml; test \"$(id -u)\" != 0 || rm evalsuites/s.suite.yaml; test -e evalsuites/s.suite.yaml || mkfifo evalsuites/s.suite.yaml"
            ),
        ])
    func obstacle(obstacle: Obstacle) throws {
        let project = try Sample.project([], more: ["evalsuites/d.csv": "id,t\n1,x\n"])
        try project.write(Self.dataset, to: "evalsuites/s.suite.yaml")
        #expect(try project.run().exitCode == 0)
        #expect(try project.shell(obstacle.command).exitCode == 0)
        for word in ["check", "run"] {
            let run = try project.run(word)
            #expect(run.exitCode == 2 && run.output == "", "\(run.all)")
            for text in obstacle.says { #expect(run.errors.contains(text), "\(run.all)") }
            #expect(!run.errors.contains("root:"), "nothing of the file is shown")
        }
    }

    @Test("a folder without a project says what to do")
    func empty() throws {
        let run = try TemporaryProject().run()
        #expect(run.exitCode == 2 && run.output == "" && run.errors.contains("evalrun init"), "\(run.all)")
    }
}
