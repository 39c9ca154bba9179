import CPCRE2

/// One search: the engine's scratch memory and the loop that keeps its cost bounded.
///
/// The engine counts its steps anew for every place where a match could begin, so its limit alone would not
/// bound the whole. The text is therefore searched in windows of such places: a window of `n` places gets an
/// `n`th of the steps, and is narrowed when they do not suffice.
struct PatternSearch: ~Copyable {
    /// How a search can fail.
    enum Failure: Error {
        /// The budget is used up.
        case limit
        /// An error code of the engine.
        case engine(Int32)
    }

    private let code: OpaquePointer
    private let budget: PatternBudget
    private let data: OpaquePointer
    private let context: OpaquePointer
    private let baseOptions: UInt32
    private let onlyAtStart: Bool
    private let starts: PatternStarts
    private var stopwatch: PatternStopwatch?

    /// Prepares a search, or returns nil when memory ran out.
    init?(
        _ code: OpaquePointer, budget: PatternBudget, usesCompiledCode: Bool, onlyAtStart: Bool,
        starts: PatternStarts
    ) {
        guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else { return nil }
        guard let context = pcre2_match_context_create_8(nil) else {
            pcre2_match_data_free_8(data)
            return nil
        }
        pcre2_set_heap_limit_8(context, budget.heap)
        pcre2_set_depth_limit_8(context, budget.steps)
        self.code = code
        self.budget = budget
        self.data = data
        self.context = context
        self.onlyAtStart = onlyAtStart
        self.starts = starts
        // The bytes of a Swift string are always valid UTF-8, and every start is kept at the begin of a scalar.
        baseOptions = UInt32(PCRE2_NO_UTF_CHECK) | (usesCompiledCode ? 0 : UInt32(PCRE2_NO_JIT))
    }

    deinit {
        pcre2_match_context_free_8(context)
        pcre2_match_data_free_8(data)
    }

    /// Finds the first match that begins at or after `start`; the result is in `offsets(ofGroup:)`.
    mutating func find(in text: UnsafeBufferPointer<UInt8>, from start: Int) throws(Failure) -> Bool {
        let widest = max(16, budget.scanned / (text.count + 1))
        let timeLimit = budget.time(forBytes: text.count)
        var window = min(widest, 4096)
        var from = start
        var hardUntil = -1
        var hardSteps = 0
        while from <= text.count {
            // A window has so many places where a match can begin; those that can't are passed over at no cost.
            let (last, candidates) = onlyAtStart ? (from, 1) : starts.window(of: window, in: text, from: from)
            let places = UInt32(clamping: max(candidates, 1))
            let steps = max(budget.steps / places, 200)
            let result = try run(text, from: from, last: last, steps: steps)
            let wasTooHard = result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT
            if wasTooHard { hardUntil = max(hardUntil, last) }
            // An easy place costs a tiny part of its steps; only where they did not suffice are they counted.
            if from <= hardUntil { hardSteps += Int(steps) * Int(places) }
            switch result {
            case 1...: return true
            case PCRE2_ERROR_NOMATCH:
                if onlyAtStart || last >= text.count { return false }
                from = last + 1
                while from < text.count, text[from] & 0xC0 == 0x80 { from += 1 }
                window = min(window * 2, widest)
            case PCRE2_ERROR_MATCHLIMIT where places > 1, PCRE2_ERROR_DEPTHLIMIT where places > 1:
                window = max(1, min(window, Int(places)) / 16)
            case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT: throw .limit
            default: throw .engine(result)
            }
            guard hardSteps <= budget.hardSteps else { throw .limit }
            if let stopwatch {
                if stopwatch.exceeds(timeLimit) { throw .limit }
            } else {
                stopwatch = PatternStopwatch()
            }
        }
        return false
    }

    /// One call of the engine; the compiled code's small stack is given up for the heap when it is too small.
    private func run(
        _ text: UnsafeBufferPointer<UInt8>, from: Int, last: Int, steps: UInt32
    ) throws(Failure) -> Int32 {
        pcre2_set_match_limit_8(context, steps)
        pcre2_set_offset_limit_8(context, last)
        // An empty string may have no address, which the engine refuses.
        let empty: StaticString = ""
        let subject = text.baseAddress ?? empty.utf8Start
        let result = pcre2_match_8(code, subject, text.count, from, baseOptions, data, context)
        guard result == PCRE2_ERROR_JIT_STACKLIMIT else { return result }
        // Without compiled code a step takes several times as long.
        pcre2_set_match_limit_8(context, max(steps / 4, 200))
        return pcre2_match_8(
            code, subject, text.count, from, baseOptions | UInt32(PCRE2_NO_JIT), data, context)
    }

    /// How many groups there are, the whole match included.
    var groupCount: Int { Int(pcre2_get_ovector_count_8(data)) }

    /// The place of a group in the text, or nil when it took no part in the match.
    func offsets(ofGroup group: Int, in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard group >= 0, group < groupCount, let vector = pcre2_get_ovector_pointer_8(data) else {
            return nil
        }
        let lower = vector[2 * group]
        let upper = vector[2 * group + 1]
        // Unset groups hold the greatest `size_t`, which Swift sees as -1.
        guard lower >= 0, lower <= upper, upper <= text.count else { return nil }
        return lower..<upper
    }
}
