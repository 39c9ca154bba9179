/// The name of a run: its second in UTC and a random part, so that names sort by time.
enum RunIdentity {
    /// A new name for a run that starts at a time in RFC 3339.
    static func make(_ startedAt: String) -> String {
        let random = String(UInt32.random(in: .min ... .max), radix: 36)
        return "\(startedAt.filter { $0.isNumber || $0 == "T" })-\(random)"
    }
}
