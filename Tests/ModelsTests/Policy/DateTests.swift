@testable import Models
import Testing

@Suite("Dates in header fields")
struct DateTests {
    @Test(
        "All three forms of HTTP are read, and nothing else",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Wed Nov 16 08:49:37 1994", 784_975_777),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Sat, 21 Nov 2026 10:00:00 GMT", 1_795_255_200),
            ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
            // Two digits: at most 50 years ahead of 2026.
            ("Saturday, 21-Nov-26 10:00:00 GMT", 1_795_255_200),
            ("Thursday, 01-Jan-70 00:00:00 GMT", 3_155_760_000),
            ("Friday, 01-Jan-77 00:00:00 GMT", 220_924_800),
            ("Sun, 06 Nov 1994 08:49:37", nil), ("Sun, 06 Nov 1994 08:49:37 PST", nil),
            ("Sun, 06 Nov 1994 08:49:37 +0000", nil), ("Sun, 6 Nov 1994 08:49:37 GMT", nil),
            ("Sun 06 Nov 1994 08:49:37 GMT", nil), ("Day, 06 Nov 1994 08:49:37 GMT", nil),
            ("Sun, 06 nov 1994 08:49:37 GMT", nil), ("Sun, 31 Nov 1994 08:49:37 GMT", nil),
            ("Wed, 29 Feb 1900 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 24:00:00 GMT", nil),
            ("Sun, 06 Nov 1994 08:60:00 GMT", nil), ("Sun, 06 Nov 1994 08:49:61 GMT", nil),
            ("Sun, 06 Nov 1994 8:49:37 GMT", nil), ("Sun, 00 Nov 1994 08:49:37 GMT", nil),
            ("Sun, +6 Nov 1994 08:49:37 GMT", nil), ("Sun, 06-Nov-94 08:49:37 GMT", nil), ("", nil),
            ("1994-11-06T08:49:37Z", nil), ("Sun, ٠٦ Nov 1994 08:49:37 GMT", nil),
        ] as [(String, Double?)])
    func http(text: String, seconds: Double?) {
        #expect(HTTPDate.unixSeconds(text, now: 1_795_255_200) == seconds)
    }

    @Test(
        "Dates of RFC 3339 are read, and nothing else",
        arguments: [
            ("2026-11-21T10:00:00Z", 1_795_255_200), ("2026-11-21t10:00:00z", 1_795_255_200),
            ("2026-11-21T10:00:00.5Z", 1_795_255_200.5), ("2026-11-21T11:30:00+01:30", 1_795_255_200),
            ("2026-11-21T02:00:00-08:00", 1_795_255_200), ("1970-01-01T00:00:00Z", 0),
            ("2024-02-29T00:00:00Z", 1_709_164_800), ("2023-02-29T00:00:00Z", nil),
            ("2026-11-21T10:00:00", nil), ("2026-11-21 10:00:00Z", nil), ("2026-11-21T10:00:00.Z", nil),
            ("2026-11-21T10:00:00+0100", nil), ("2026-11-21T10:00:00+24:00", nil),
            ("2026-11-21T10:00:00Zulu", nil), ("2026-13-21T10:00:00Z", nil), ("2026-11-21", nil), ("", nil),
            ("now", nil),
        ] as [(String, Double?)])
    func internet(text: String, seconds: Double?) {
        #expect(InternetDate.unixSeconds(text) == seconds)
    }

    @Test("The calendar has every day once, and each in its year")
    func calendar() throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var expected = 0.0
        for year in 1970...2110 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for month in 1...12 {
                for day in 1...(month == 2 && isLeap ? 29 : lengths[month - 1]) {
                    let time = try #require(
                        UTCTime(year: year, month: month, day: day, hour: 0, minute: 0, second: 0))
                    guard time.unixSeconds == expected, UTCTime.year(ofUnixSeconds: expected) == year else {
                        Testing.Issue.record("\(year)-\(month)-\(day) is \(time.unixSeconds)")
                        return
                    }
                    expected += 86_400
                }
            }
        }
    }
}
