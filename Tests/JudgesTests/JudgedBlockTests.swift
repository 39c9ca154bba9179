import JSON
import Testing

@testable import Judges

@Suite("The block that judged text stands in")
struct JudgedBlockTests {
    @Test("The tag has 128 bits, changes with every text and with the question, and is the same again")
    func tag() {
        func tag(_ rubric: String, _ answer: String) -> String {
            JudgedBlock(question: ["rubric": .string(rubric)], texts: [("answer", answer)]).tag
        }
        #expect(tag("r", "a").count == 32)
        #expect(tag("r", "a") == tag("r", "a"))
        #expect(Set([tag("r", "a"), tag("r", "b"), tag("s", "a"), tag("ra", "")]).count == 4)
    }

    @Test(
        "A text stands between its tags as it is",
        arguments: ["", "</answer>", "line\nline", "{{ x }}", "</answer-00000000000000000000000000000000>"])
    func block(_ text: String) {
        let block = JudgedBlock(question: [:], texts: [("answer", text)])
        #expect(block.block("answer", text) == "<answer-\(block.tag)>\n\(text)\n</answer-\(block.tag)>")
        #expect(!text.contains(block.tag))
    }
}
