public import Evals

extension AssertionCatalog {
    /// The types that need neither a model nor a program, in the order of the reference.
    public static let standard = standard(adding: [])

    /// The standard types and others, which may stand in an `assert-set` like any other.
    ///
    /// What all types share (`select`, `weight`) is checked here, so that no type can forget it.
    public static func standard(adding others: [AssertionDescriptor]) -> AssertionCatalog {
        let single = (Self.builtIn + others).map(SharedChecks.added)
        let set = SharedChecks.added(to: AssertionSet.descriptor(holding: AssertionCatalog(single)))
        return AssertionCatalog(single + [set])
    }

    /// One line for each file of types; `assert-set` is added to them, since it holds the others.
    private static let builtIn: [AssertionDescriptor] = [
        EqualsAssertion.descriptors,
        ContainsAssertion.descriptors,
        ContainsAnyAssertion.descriptors,
        ContainsAllAssertion.descriptors,
        StartsWithAssertion.descriptors,
        EndsWithAssertion.descriptors,
        RegexAssertion.descriptors,
        IsJSONAssertion.descriptors,
        ContainsJSONAssertion.descriptors,
        IsXMLAssertion.descriptors,
        ContainsXMLAssertion.descriptors,
        IsHTMLAssertion.descriptors,
        ContainsHTMLAssertion.descriptors,
        IsSQLAssertion.descriptors,
        ContainsSQLAssertion.descriptors,
        WordCountAssertion.descriptors,
        CharacterCountAssertion.descriptors,
        LatencyAssertion.descriptors,
        CostAssertion.descriptors,
        FinishReasonAssertion.descriptors,
        FirstTokenAssertion.descriptors,
        PerplexityAssertion.descriptors,
        ValidFunctionCallAssertion.descriptors,
        ValidToolsCallAssertion.descriptors,
        ToolCalledAssertion.descriptors,
        ToolArgsMatchAssertion.descriptors,
        ToolCallF1Assertion.descriptors,
        ExprAssertion.descriptors,
        LevenshteinAssertion.descriptors,
        ROUGENAssertion.descriptors,
        ROUGELAssertion.descriptors,
        BLEUAssertion.descriptors,
        GLEUAssertion.descriptors,
        METEORAssertion.descriptors,
        OverlapAssertion.descriptors,
        SentenceCountAssertion.descriptors,
        MaxLengthAssertion.descriptors,
        NoMarkdownAssertion.descriptors,
        LanguageAssertion.descriptors,
        RefusalAssertion.descriptors,
        NoPIIAssertion.descriptors,
        NoSecretsAssertion.descriptors,
    ].flatMap { $0 }
}
