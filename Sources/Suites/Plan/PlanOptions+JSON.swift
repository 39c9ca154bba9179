import Evals
public import JSON

/// The options that a plan depends on, as a run keeps them, so that going on with it needs no option.
extension PlanOptions {
    /// The members that differ from a plan of everything; the same options give the same members.
    public var json: JSONObject {
        var members: JSONObject = [:]
        func add(_ key: String, _ values: [String]) {
            if !values.isEmpty { members[key] = .array(values.map { .string($0) }) }
        }
        if let models { members["models"] = .array(models.map { .string($0) }) }
        add("prompts", prompts)
        add("cases", cases)
        add("tags", tags)
        if let only {
            members["only"] = .array(
                only.sorted().map {
                    [
                        .string($0.suite), .string($0.caseID), .string($0.prompt), .string($0.model),
                        .integer($0.sample),
                    ]
                })
        }
        if let repetition { members["repeat"] = .integer(repetition) }
        if let profile { members["profile"] = .string(profile) }
        return members
    }

    /// Reads what `json` writes; nil for anything else, since a plan of more or less would be another one.
    public init?(json members: JSONObject) {
        self.init()
        for (key, value) in members {
            switch (key, value) {
            case ("models", .array(let list)):
                guard let texts = Self.texts(list) else { return nil }
                models = texts
            case ("prompts", .array(let list)):
                guard let texts = Self.texts(list) else { return nil }
                prompts = texts
            case ("cases", .array(let list)):
                guard let texts = Self.texts(list) else { return nil }
                cases = texts
            case ("tags", .array(let list)):
                guard let texts = Self.texts(list) else { return nil }
                tags = texts
            case ("only", .array(let list)):
                let addresses = list.compactMap(Self.address)
                guard addresses.count == list.count else { return nil }
                only = Set(addresses)
            case ("repeat", .number):
                guard let count = value.integer, count >= 1 else { return nil }
                repetition = count
            case ("profile", .string(let name)): profile = name
            default: return nil
            }
        }
    }

    private static func texts(_ list: [JSONValue]) -> [String]? {
        let texts = list.compactMap(\.string)
        return texts.count == list.count ? texts : nil
    }

    private static func address(_ value: JSONValue) -> ExecutionAddress? {
        guard let parts = value.array, parts.count == 5, let names = texts(Array(parts[..<4])),
            let sample = parts[4].integer, sample >= 1
        else { return nil }
        return ExecutionAddress(
            suite: names[0], caseID: names[1], prompt: names[2], model: names[3], sample: sample)
    }
}
