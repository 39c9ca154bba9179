import Diagnostics

/// What a filter, test, method or function takes.
struct CallSignature: Sendable {
    /// How it is called in templates.
    let name: String
    /// Its parameters in order, without the value it is applied to.
    let parameters: [String]
    /// How many of them, from the first, must be given.
    let required: Int
    /// True when any further arguments are taken.
    let isVariadic: Bool

    /// Creates a signature.
    init(_ name: String, _ parameters: [String] = [], required: Int = 0, isVariadic: Bool = false) {
        self.name = name
        self.parameters = parameters
        self.required = required
        self.isVariadic = isVariadic
    }

    /// What is wrong with a call of so many arguments and these names; nil when nothing is.
    func mistake(positional: Int, keywords: [String]) -> (message: String, hint: String?)? {
        guard !isVariadic else {
            return positional + keywords.count < required ? ("'\(name)' needs an argument", nil) : nil
        }
        let usage = parameters.isEmpty ? "it takes none" : "it takes (\(parameters.joined(separator: ", ")))"
        if positional > parameters.count { return ("too many arguments for '\(name)'", usage) }
        for keyword in keywords {
            guard let index = parameters.firstIndex(of: keyword) else {
                return (
                    "'\(name)' has no argument '\(keyword)'",
                    Spelling.nearest(to: keyword, among: parameters).map { "did you mean '\($0)'?" } ?? usage
                )
            }
            if index < positional { return ("the argument '\(keyword)' of '\(name)' is given twice", nil) }
        }
        for (index, parameter) in parameters.prefix(required).enumerated()
        where index >= positional && !keywords.contains(parameter) {
            return ("'\(name)' needs its argument '\(parameter)'", usage)
        }
        return nil
    }
}
