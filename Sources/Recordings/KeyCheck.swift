import JSON

/// Compares the key that an exchange was recorded with and the key of the request that it shows.
///
/// They differ when a request was edited, or a sample renumbered, by hand: the answer was given to something else.
extension Exchange {
    /// An answer is asked for once; judges may repeat a request, and the number of the call is not stored.
    private static let mostCalls = 32

    /// True when the stored request gives the stored key.
    var hasOwnKey: Bool {
        (1...(purpose == "answer" ? 1 : Self.mostCalls)).contains { call in
            RequestKey.sha256(of: CanonicalJSON.bytes(of: keyMaterial(call: call))) == requestSHA256
        }
    }

    /// True when it shows this request and sample; faster than the key for what was not touched.
    func shows(_ request: JSONObject, sample: Int) -> Bool {
        self.sample == sample && self.request == request
    }

    /// The mistake of an exchange whose key is not its own.
    static let foreignKey = RecordingMistake(
        "'request_sha256' does not belong to the request and sample beside it: one of them was changed by hand"
    )

    /// The value that was hashed into the key, as `ModelRequest.keyMaterial` has it.
    private func keyMaterial(call: Int) -> JSONValue {
        [
            "model": request["model"] ?? .null, "parameters": request["parameters"] ?? [:],
            "messages": request["messages"] ?? [], "tools": request["tools"] ?? [],
            "output_schema": request["output_schema"] ?? .null, "sample": .integer(sample),
            "call": .integer(call),
        ]
    }
}

extension Recording {
    /// Refuses exchanges whose key is not that of their request.
    func checkKeys() throws(RecordingMistake) {
        for (index, exchange) in exchanges.enumerated() where !exchange.hasOwnKey {
            throw RecordingMistake(Exchange.foreignKey.message, exchange: index)
        }
    }

    /// Refuses two answers to the same sample of the same step, and two exchanges with the same key.
    ///
    /// A judge may ask several different questions under one label.
    func checkLabels() throws(RecordingMistake) {
        guard exchanges.count > 1 else { return }
        var seen: Set<String> = []
        for (index, exchange) in exchanges.enumerated() {
            guard seen.insert(exchange.uniqueLabel).inserted else {
                throw RecordingMistake(
                    "a second exchange for \(exchange.purpose), step \(exchange.step), sample \(exchange.sample)",
                    exchange: index)
            }
        }
    }
}

extension Exchange {
    /// What no two exchanges of a case, prompt and model may share.
    var uniqueLabel: String {
        Self.uniqueLabel(purpose: purpose, step: step, sample: sample, key: requestSHA256)
    }

    /// The same from its parts.
    static func uniqueLabel(purpose: String, step: Int, sample: Int, key: String) -> String {
        "\(purpose)\u{0}\(step)\u{0}\(sample)" + (purpose == "answer" ? "" : "\u{0}" + key)
    }
}
