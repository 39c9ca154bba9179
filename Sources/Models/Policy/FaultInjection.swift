public import Diagnostics
public import Evals

/// Failures that the user wants on purpose (`--inject 503@primary:0.5`), to see what a fallback chain or a gate does.
///
/// Whether an attempt fails is decided by a hash of the request's key and the attempt's number, so that a run and its
/// repetition fail at the same places.
public struct FaultInjection: Sendable, Hashable {
    /// What goes wrong.
    public enum Fault: Sendable, Hashable {
        /// A response with this status code, 400 to 599.
        case status(Int)
        /// No answer in time.
        case timeout
        /// The connection is reset.
        case reset
        /// A response with a good status that can't be read.
        case garbage
    }

    /// One wish of the user.
    public struct Rule: Sendable, Hashable {
        /// What goes wrong.
        public var fault: Fault
        /// The alias or inline name of a model, or the name of a provider, whose models are all meant.
        public var name: String
        /// The share of attempts that fail, 0 to 1.
        public var rate: Double

        /// Creates a rule.
        public init(fault: Fault, name: String, rate: Double = 1) {
            self.fault = fault
            self.name = name
            self.rate = rate
        }
    }

    /// The rules; the first that hits an attempt decides.
    public var rules: [Rule]

    /// Creates an injection; without rules nothing fails.
    public init(rules: [Rule] = []) { self.rules = rules }

    /// The failure of an attempt; nil when it is to be made in earnest.
    ///
    /// - Parameters:
    ///   - key: The key of the request.
    ///   - attempt: The attempt's number, from 1.
    public func fault(for model: ModelSpecification, key: String, attempt: Int) -> CallFailure? {
        for (index, rule) in rules.enumerated() where rule.name == model.name || rule.name == model.provider {
            // With the rule's number, so that two rules of rate 0.5 don't hit the same half.
            if StableChance.value(of: [key, "\(attempt)", "\(index)"]) < rule.rate {
                return rule.fault.failure(of: model)
            }
        }
        return nil
    }
}

extension FaultInjection {
    /// Reads the values of `--inject`, each `FAULT@NAME` or `FAULT@NAME:RATE`; all mistakes in one go.
    ///
    /// - Parameter names: The models and providers that there are. A name may have a colon in it.
    /// - Throws: Diagnostics `bad-injection` and `unknown-model`.
    public static func parse(_ texts: [String], names: [String]) throws(DiagnosticError) -> FaultInjection {
        var bag = DiagnosticBag()
        var injection = FaultInjection()
        for text in texts {
            do throws(DiagnosticError) {
                injection.rules.append(try rule(text, names))
            } catch {
                bag.add(contentsOf: error.diagnostics)
            }
        }
        guard !bag.hasErrors else { throw DiagnosticError(bag.diagnostics) }
        return injection
    }

    private static func rule(_ text: String, _ names: [String]) throws(DiagnosticError) -> Rule {
        let option = "--inject \(TerminalText.excerpt(text, limit: 100))"
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-injection", "\(option) does not say what fails",
                    hint: "write FAULT@MODEL or FAULT@MODEL:RATE, for example 503@small:0.5"))
        }
        var mistakes: [Diagnostic] = []
        let fault = Fault(parsing: parts[0])
        if fault == nil {
            let words = ["timeout", "reset", "garbage"]
            let near = Spelling.nearest(to: String(parts[0]), among: words).map { "did you mean '\($0)'?" }
            mistakes.append(
                Diagnostic(
                    "bad-injection",
                    "\(option): '\(TerminalText.excerpt(String(parts[0]), limit: 40))' is no fault",
                    hint: near ?? "a fault is a status code from 400 to 599, timeout, reset or garbage"))
        }
        var name = String(parts[1])
        var rate: Double? = 1
        if !names.contains(name), let colon = name.lastIndex(of: ":") {
            rate = DecimalText.value(name[name.index(after: colon)...]).flatMap { $0 <= 1 ? $0 : nil }
            name = String(name[..<colon])
        }
        if rate == nil {
            mistakes.append(
                Diagnostic(
                    "bad-injection", "\(option): the rate is no number from 0 to 1", hint: "for example 0.25")
            )
        }
        if !names.contains(name) {
            mistakes.append(
                Diagnostic(
                    "unknown-model",
                    "\(option): there is no model or provider '\(TerminalText.excerpt(name, limit: 100))'",
                    hint: Spelling.hint(for: name, among: names)))
        }
        guard mistakes.isEmpty, let fault, let rate else { throw DiagnosticError(mistakes) }
        return Rule(fault: fault, name: name, rate: rate)
    }
}

extension FaultInjection.Fault {
    /// Reads a fault; nil when it is none.
    init?(parsing text: Substring) {
        switch text {
        case "timeout": self = .timeout
        case "reset": self = .reset
        case "garbage": self = .garbage
        default:
            guard text.utf8.count == 3, let status = Int(text), (400...599).contains(status) else {
                return nil
            }
            self = .status(status)
        }
    }

    /// The failure that a provider's real trouble of this kind would give.
    fileprivate func failure(of model: ModelSpecification) -> CallFailure {
        let hint = "this failure was made by --inject"
        switch self {
        case .status(let status):
            return CallFailure(
                CallFailure.Kind(status: status), "injected: '\(model.name)' answered with status \(status)",
                status: status, hint: hint)
        case .timeout:
            return CallFailure(.timeout, "injected: '\(model.name)' did not answer in time", hint: hint)
        case .reset:
            return CallFailure(
                .connection, "injected: the connection to '\(model.name)' was reset", hint: hint)
        case .garbage:
            return CallFailure(
                .unreadable, "injected: what '\(model.name)' answered can't be read", status: 200, hint: hint)
        }
    }
}
