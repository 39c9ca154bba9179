import Evals
import JSON
import Testing

@testable import Judges

@Suite("The shipped judge prompts")
struct ShippedJudgePromptsTests {
    private static let uses = JudgeCatalog.descriptors.flatMap(\.judgePrompts)

    @Test("are those that the types use")
    func names() {
        #expect(Set(Self.uses.map(\.name)) == Set(ShippedJudgePrompts.names))
    }

    @Test("say their own names, and are of a version", arguments: ShippedJudgePrompts.names)
    func head(_ name: String) throws {
        let text = String(decoding: try #require(ShippedJudgePrompts.file(named: name)), as: UTF8.self)
        #expect(text.hasPrefix("name: \(name)\nversion: "))
    }

    @Test("use all variables that a type has for them, and no others", arguments: uses.map(\.name))
    func variables(_ name: String) throws {
        let text = String(decoding: try #require(ShippedJudgePrompts.file(named: name)), as: UTF8.self)
        let written = Set(text.matches(of: /\{\{ ([a-z_]+) \}\}/).map { String($0.output.1) })
        let offered = Set(Self.uses.filter { $0.name == name }.flatMap(\.variables))
        #expect(written.isSubset(of: offered))
        // A prompt in which nobody's text stands needs no tag.
        #expect(offered.subtracting(written).isSubset(of: offered.contains("answer") ? [] : ["tag"]))
    }
}
