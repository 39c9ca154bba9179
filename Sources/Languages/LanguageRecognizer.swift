#if canImport(NaturalLanguage)
    import NaturalLanguage

    /// The system's recognizer.
    enum LanguageRecognizer {
        /// A language that is less likely is not told.
        private static let leastConfidence = 0.5

        /// The languages of a text, paragraph by paragraph, by their share of its characters; none where it is
        /// not sure.
        static func shares(in bytes: inout [UInt8]) -> [LanguageShare] {
            let recognizer = NLLanguageRecognizer()
            var counts: [String: Int] = [:]
            for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
                recognizer.reset()
                recognizer.processString(String(line))
                guard let (language, confidence) = recognizer.languageHypotheses(withMaximum: 1).first,
                    confidence >= leastConfidence, language != .undetermined
                else { continue }
                let code = language.rawValue == "nb" ? "no" : language.rawValue
                counts[code, default: 0] += line.utf8.count
            }
            return counts.map { LanguageShare(code: $0.key, share: Double($0.value)) }
                .sorted { ($1.share, $0.code) < ($0.share, $1.code) }
        }
    }
#else
    internal import CLD2Shim

    /// CLD2, the detector of Chrome.
    enum LanguageRecognizer {
        /// Each repair reads the text anew from its beginning.
        private static let mostRepairs = 64

        /// The languages of a text with their shares in percent, the most frequent first; none where it is not
        /// sure.
        static func shares(in bytes: inout [UInt8]) -> [LanguageShare] {
            let result = bytes.withUnsafeMutableBytes { buffer -> evalrun_cld2_result? in
                guard let start = buffer.baseAddress else { return nil }
                for _ in 0..<mostRepairs {
                    let result = evalrun_cld2_detect(
                        start.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count))
                    // What the detector does not accept is taken out, byte by byte.
                    guard result.valid_bytes >= 0, result.valid_bytes < buffer.count else { return result }
                    buffer[Int(result.valid_bytes)] = 0x20
                }
                return nil
            }
            guard let result, result.is_reliable else { return [] }
            let codes = [result.codes.0, result.codes.1, result.codes.2]
            let percents = [result.percents.0, result.percents.1, result.percents.2]
            return zip(codes, percents).compactMap { code, percent in
                code.map { LanguageShare(code: standard(String(cString: $0)), share: Double(percent)) }
            }
        }

        /// The code as ISO 639-1 has it today.
        private static func standard(_ code: String) -> String {
            switch code {
            case "iw": "he"
            case "jw": "jv"
            case "zh": "zh-Hans"
            default: code
            }
        }
    }
#endif
