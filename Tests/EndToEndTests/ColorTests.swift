import Foundation
import Testing

#if canImport(Glibc)
    @Suite("Colors")
    struct ColorTests {
        @Test(
            "a terminal gets colors, unless they are turned off",
            arguments: [
                ([], [:], true), (["--no-color"], [:], false), ([], ["NO_COLOR": "1"], false),
                ([], ["NO_COLOR": ""], true), ([], ["TERM": "dumb"], false),
            ] as [([String], [String: String], Bool)])
        func colors(options: [String], environment: [String: String], hasColors: Bool) throws {
            let project = try Sample.project([Sample.failing("a")])
            let terminal = try Terminal()
            let run = try ToolRun.run(
                ["run", "--report", "json"] + options, in: project.path,
                environment: ["TERM": "xterm"].merging(environment) { $1 }, errors: terminal.device)
            #expect(run.exitCode == 1)
            #expect(throws: Never.self) { try run.json() }
            let text = terminal.contents()
            #expect(text.contains("pass_rate"))
            #expect(text.contains("\u{1b}[") == hasColors, "\(text)")
            // The project must outlive the run.
            #expect(project.exists("evalrun.yaml"))
        }
    }
#endif
