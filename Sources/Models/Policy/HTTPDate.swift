/// The dates of HTTP header fields, in the three forms of RFC 9110, section 5.6.7.
enum HTTPDate {
    /// The Unix seconds of a date; nil for anything else.
    ///
    /// - Parameter now: The present in Unix seconds, which tells the century of two-digit years: a date that seems
    ///   more than 50 years ahead is in the past.
    static func unixSeconds(_ text: String, now: Double) -> Double? {
        let words = text.split(separator: " ")
        switch words.count {
        // Sun, 06 Nov 1994 08:49:37 GMT
        case 6 where words[5] == "GMT" && isWeekday(words[0].dropLast(), short: true) && words[0].last == ",":
            return time(
                year: digits(words[3], 4), month: words[2], day: digits(words[1], 2), clock: words[4])
        // Sunday, 06-Nov-94 08:49:37 GMT
        case 4
        where words[3] == "GMT" && isWeekday(words[0].dropLast(), short: false) && words[0].last == ",":
            let parts = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 3, let short = digits(parts[2], 2) else { return nil }
            let present = UTCTime.year(ofUnixSeconds: now)
            let sameCentury = present - present % 100 + short
            let year = sameCentury > present + 50 ? sameCentury - 100 : sameCentury
            return time(year: year, month: parts[1], day: digits(parts[0], 2), clock: words[2])
        // Sun Nov  6 08:49:37 1994
        case 5 where isWeekday(words[0], short: true):
            return time(
                year: digits(words[4], 4), month: words[1],
                day: digits(words[2], 2) ?? digits(words[2], 1), clock: words[3])
        default: return nil
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    private static func isWeekday(_ word: Substring, short: Bool) -> Bool {
        weekdays.contains { (short ? $0.prefix(3) : $0[...]) == word }
    }

    private static func time(year: Int?, month: Substring, day: Int?, clock: Substring) -> Double? {
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard let year, let day, let month = months.firstIndex(where: { $0 == month }), parts.count == 3,
            let hour = digits(parts[0], 2), let minute = digits(parts[1], 2), let second = digits(parts[2], 2)
        else { return nil }
        return UTCTime(
            year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)?.unixSeconds
    }

    private static func digits(_ word: Substring, _ count: Int) -> Int? {
        guard word.utf8.count == count, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(word)
    }
}
