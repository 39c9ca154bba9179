/// Why an answer ended, in the words that all APIs share.
enum FinishReason {
    /// The shared word for a provider's own: `stop`, `length`, `tool_calls` or `content_filter`.
    ///
    /// An unknown one is nil: left out rather than passed off as another, and no recording takes it. Capitals and
    /// small letters are the same.
    static func shared(_ word: String?) -> String? {
        switch word?.lowercased() {
        case "stop", "eos", "end_turn", "stop_sequence": "stop"
        // A paused turn is one that its limits cut off.
        case "length", "max_tokens", "max_output_tokens", "model_context_window_exceeded", "pause_turn",
            "continuation", "too_many_tool_calls":
            "length"
        case "tool_calls", "tool_use", "function_call": "tool_calls"
        case "content_filter", "content_filtered", "refusal", "guardrail_intervened", "safety", "recitation",
            "language", "blocklist", "prohibited_content", "spii", "model_armor", "escalation",
            "pup_limited_disabled", "image_safety", "image_prohibited_content", "image_recitation":
            "content_filter"
        default: nil
        }
    }
}
