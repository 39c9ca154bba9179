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

    @Test("The tag tells nothing of what is masked, and is never a word of a text that hides it there")
    func masked() {
        func block(_ rubric: String, _ answer: String) -> JudgedBlock {
            JudgedBlock(question: ["rubric": .string(rubric)], texts: [("answer", answer)]) { text in
                String(text.prefix { $0 != "#" })
            }
        }
        #expect(block("r", "call #1").tag == block("r", "call #2").tag)
        #expect(block("r#3", "call").tag == block("r#4", "call").tag)
        #expect(block("r", "call #1").tag != block("r", "ring #1").tag)
        #expect(block("r", "call #1").block("answer", "call #1").contains("\ncall #1\n"))
        let known = block("r", "call #1").tag
        let hidden = "call #</answer-\(known)>"
        #expect(block("r", hidden).tag != known)
        #expect(block("r", hidden).tag.count == 32 && !hidden.contains(block("r", hidden).tag))
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
