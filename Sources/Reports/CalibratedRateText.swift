import JSON
import Results
import Statistics

/// The pass rate of a calibrated judge in reports.
enum CalibratedRateText {
    private static let level = ConfidenceLevel.ninetyFivePercent

    /// The corrected rate with its interval; `–` where there is none.
    static func rate(_ rate: CalibratedRate) -> String {
        guard case .corrected(let corrected) = rate.outcome else { return "–" }
        let interval = corrected.interval(level)
        return "\(Figures.percent(corrected.clipped)) "
            + "[\(Figures.percent(interval.lower)), \(Figures.percent(interval.upper))]"
    }

    /// κ of the calibration; nil where it is undefined.
    static func kappa(_ rate: CalibratedRate) -> String? {
        rate.agreement?.kappa.map { Figures.fixed($0.value, 2) }
    }

    /// All of it as JSON.
    static func json(_ rate: CalibratedRate) -> JSONValue {
        var members: [(String, JSONValue)] = []
        if let agreement = rate.agreement {
            func share(_ share: Proportion?) -> JSONValue { share.map { .double($0.rate) } ?? .null }
            members = [
                ("labels", .integer(agreement.labels)),
                ("kappa", agreement.kappa.map { .double($0.value) } ?? .null),
                ("sensitivity", share(agreement.sensitivity)), ("specificity", share(agreement.specificity)),
            ]
        }
        switch rate.outcome {
        case .corrected(let corrected):
            let interval = corrected.interval(level)
            members.append(
                (
                    "corrected",
                    [
                        "value": .double(corrected.clipped),
                        "interval": [.double(interval.lower), .double(interval.upper)],
                    ]
                ))
        case .uncorrected(let reason):
            members.append(("corrected", .null))
            members.append(("not_corrected", .string(reason)))
        }
        return .object(pairs: members)
    }
}
