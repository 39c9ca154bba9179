import Testing
import YAML

@Suite(.timeLimit(.minutes(1))) struct YAMLScaleTests {
    @Test(
        "a megabyte of anything is read, or refused, in time",
        arguments: [
            "[", "{", "- ", "a: ", "? ", "\"", "*a ", "&a ", "{{ x }}, ", "a: {{ x }}\n", "a: [1] b\n",
            "[a: , ", "x\n", "!a ",
            "a: #b\n", "- [1] b\n", "- {{ [ }}\n", "[*a, ", "'", "\t", ":", "a:\n a\n",
        ])
    func scale(piece: String) {
        let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        let reading = YAMLReader.parse(Array(text.utf8), file: "a.yaml")
        #expect(reading.root != nil || !reading.diagnostics.isEmpty)
    }
}
