/// A second of the calendar in UTC, checked for being one.
struct UTCTime: Sendable, Hashable {
    /// Seconds since 1970-01-01T00:00:00Z.
    let unixSeconds: Double

    /// Creates a time; nil when there is no such day or second.
    ///
    /// - Parameters:
    ///   - year: 1 to 9999.
    ///   - second: 0 to 60; 60 is a leap second and the same as the next minute's first.
    init?(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, fraction: Double = 0
    ) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, of: year), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second)
        else { return nil }
        let days = Self.days(year, month, day)
        unixSeconds = Double(days * 86_400 + hour * 3600 + minute * 60 + second) + fraction
    }

    /// The year in which a number of seconds since 1970 lies.
    static func year(ofUnixSeconds seconds: Double) -> Int {
        guard seconds.magnitude < 1e11 else { return 1970 }
        // The estimate by the mean year is off by at most one.
        var year = 1970 + Int((seconds / (365.2425 * 86_400)).rounded(.down))
        if Double(days(year, 1, 1) * 86_400) > seconds { year -= 1 }
        if Double(days(year + 1, 1, 1) * 86_400) <= seconds { year += 1 }
        return year
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar.
    ///
    /// Years begin in March here, so that the leap day is a year's last; an era has 400 years and 146,097 days.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
