#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The time of day, in UTC.
enum SystemClock {
    /// The present second as RFC 3339: `2026-11-21T10:00:00Z`.
    static func timestamp() -> String {
        let (date, time) = parts()
        return "\(date)T\(time)Z"
    }

    /// Today, as `YYYY-MM-DD`.
    static func today() -> String { parts().date }

    private static func parts() -> (date: String, time: String) {
        var seconds = time(nil)
        var fields = tm()
        gmtime_r(&seconds, &fields)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let date = "\(fields.tm_year + 1900)-\(two(fields.tm_mon + 1))-\(two(fields.tm_mday))"
        return (date, "\(two(fields.tm_hour)):\(two(fields.tm_min)):\(two(fields.tm_sec))")
    }
}
