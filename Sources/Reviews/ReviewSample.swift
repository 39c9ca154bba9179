/// How many of the items a sheet has.
public enum ReviewSample: Sendable, Hashable {
    /// All of them.
    case all
    /// At most so many.
    case items(Int)
    /// A share above 0 and up to 1; at least one item.
    case share(Double)

    /// Reads `20` or `5%`; nil for what is neither.
    public init?(_ text: String) {
        if text.hasSuffix("%") {
            let digits = text.dropLast()
            guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
                let percent = Double(digits), percent > 0, percent <= 100
            else { return nil }
            self = .share(percent / 100)
        } else {
            guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int(text), count > 0 else {
                return nil
            }
            self = .items(count)
        }
    }

    /// How many of so many items are taken.
    func count(of all: Int) -> Int {
        switch self {
        case .all: all
        case .items(let count): min(count, all)
        // A hair less, so that 5% of 20 is 1 whatever binary fractions make of it.
        case .share(let share): min(all, Int((share * Double(all) - 1e-9).rounded(.up)))
        }
    }
}
