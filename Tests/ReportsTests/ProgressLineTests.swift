import Reports
import Testing

@Suite("Progress line") struct ProgressLineTests {
    @Test(
        "fits its width",
        arguments: [
            (80, 4, 10, 3, 1, 0, "[########············] 4/10  3 passed, 1 failed  1.2s"),
            (80, 0, 0, 0, 0, 0, "[····················] 0/0  0 passed  1.2s"),
            (80, 10, 10, 8, 1, 1, "[####################] 10/10  8 passed, 1 failed, 1 errored  1.2s"),
            (40, 4, 10, 3, 1, 0, "[##····] 4/10  3 passed, 1 failed  1.2s"),
            (24, 4, 10, 3, 1, 0, "4/10  3 pas…ailed  1.2s"),
            (1, 4, 10, 3, 1, 0, ""), (-5, 4, 10, 3, 1, 0, ""),
            (80, 12, 10, 12, 0, 0, "[####################] 10/10  12 passed  1.2s"),
        ])
    func line(
        _ width: Int, _ done: Int, _ total: Int, _ passed: Int, _ failed: Int, _ errored: Int,
        _ expected: String
    ) {
        let line = ProgressLine(width: width).render(
            done: done, total: total, passed: passed, failed: failed, errored: errored,
            elapsed: .milliseconds(1240))
        #expect(line == expected)
        #expect(line.count <= max(0, width - 1))
    }
}
