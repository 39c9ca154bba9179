import Testing

@testable import Models

@Suite("What is known of models")
struct KnownModelTests {
    @Test(
        "Claude's ids, at Anthropic and at Bedrock",
        arguments: [
            ("claude-opus-4-7", true), ("claude-opus-4-7-20260416", true), ("claude-opus-4-6", false),
            ("claude-opus-4-20250514", false), ("claude-sonnet-4-6", false), ("claude-sonnet-5", true),
            ("claude-sonnet-5-5", true), ("claude-haiku-4-5-20251001", false), ("claude-haiku-5-5", true),
            ("claude-fable-5", true), ("claude-mythos-preview", true),
            ("us.anthropic.claude-opus-4-8-v1:0", true), ("anthropic/claude-opus-5@default", true),
            ("global.anthropic.claude-haiku-4-5-20251001-v1:0", false),
        ])
    func claude(_ id: String, _ rejectsSampling: Bool) {
        #expect(ClaudeModel(id)?.rejectsSampling == rejectsSampling)
    }

    @Test("Other ids are none of Claude's", arguments: ["claude-3-5-sonnet-20241022", "gpt-5", "", "claude"])
    func others(_ id: String) { #expect(ClaudeModel(id) == nil) }

    @Test(
        "Gemini's ids",
        arguments: [
            ("gemini-2.5-pro", false, true, false), ("gemini-3.5-flash", false, false, true),
            ("gemini-3.5-flash-lite", true, false, true), ("gemini-3.8-flash", true, false, true),
            ("gemini-4-argon", false, false, true), ("models/gemini-3.6-flash", true, false, true),
        ])
    func gemini(_ id: String, _ hasFixedSampling: Bool, _ hasBudget: Bool, _ wantsSignatures: Bool) throws {
        let model = try #require(GeminiModel(id))
        #expect(model.hasFixedSampling == hasFixedSampling)
        #expect(model.hasThinkingBudget == hasBudget)
        #expect(model.wantsSignatures == wantsSignatures)
    }

    @Test("Other ids are none of Gemini's", arguments: ["gemini", "gemini-pro", "gemma-3-27b", ""])
    func otherGemini(_ id: String) { #expect(GeminiModel(id) == nil) }
}
