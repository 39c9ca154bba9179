import Evals
import Recordings
import Testing

@Suite("Offer to record")
struct RecordOfferTests {
    @Test(
        "the question names the number of answers and about what they cost",
        arguments: [
            (3, 2_000_000_000, "3 answers not recorded, about $0.002. Record now? [y/N] "),
            (1, nil, "1 answer not recorded, cost unknown. Record now? [y/N] "),
            (2, 0, "2 answers not recorded, about $0. Record now? [y/N] "),
            (9, 12_345_000_000, "9 answers not recorded, about $0.013. Record now? [y/N] "),
            (9, 1_234_000_000_000, "9 answers not recorded, about $1.24. Record now? [y/N] "),
            (9, 1_500_000_000_000, "9 answers not recorded, about $1.50. Record now? [y/N] "),
            (9, 40_000_000_000_000, "9 answers not recorded, about $40. Record now? [y/N] "),
            (9, 7, "9 answers not recorded, about $0.000000000007. Record now? [y/N] "),
            (9, .max, "9 answers not recorded, about $9223372.036854775807. Record now? [y/N] "),
        ] as [(Int, Int64?, String)])
    func text(answers: Int, cost: Int64?, expected: String) {
        #expect(RecordOffer(answers: answers, cost: cost.map { Money(picoUSD: $0) }).text == expected)
    }

    @Test(
        "only a clear yes is one",
        arguments: [
            ("y", true), ("Y", true), (" yes\n", true), ("YES\r\n", true), ("", false), (nil, false),
            ("n", false), ("no", false), ("yep", false), ("y y", false), ("j", false), ("\u{4}", false),
        ] as [(String?, Bool)])
    func acceptance(answer: String?, expected: Bool) {
        #expect(RecordOffer.isAccepted(answer) == expected)
    }

    @Test(
        "nobody is asked where nobody is",
        arguments: [
            (true, true, [:], true), (false, true, [:], false), (true, false, [:], false),
            (true, true, ["CI": "true"], false), (true, true, ["CI": "false"], false),
            (true, true, ["GITHUB_ACTIONS": "1"], false), (true, true, ["GITLAB_CI": "1"], false),
            (true, true, ["BUILDKITE": "1"], false), (true, true, ["JENKINS_URL": "http://x"], false),
            (true, true, ["TF_BUILD": "True"], false), (true, true, ["TERM": "xterm"], true),
        ] as [(Bool, Bool, [String: String], Bool)])
    func condition(input: Bool, errors: Bool, environment: [String: String], expected: Bool) {
        #expect(
            RecordOffer.mayAsk(inputIsTerminal: input, errorsAreTerminal: errors) { environment[$0] }
                == expected)
    }
}
