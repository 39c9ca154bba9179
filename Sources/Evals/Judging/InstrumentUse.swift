public import Diagnostics

/// An assertion that an instrument decides, which people's labels can measure.
public struct InstrumentUse: Sendable {
    /// The type as written.
    public var type: String
    /// The metric; nil when none is written.
    public var metric: String?
    /// Where the assertion stands.
    public var mark: SourceMark
    /// The instrument that it makes with what the judges of a run have in common.
    ///
    /// Throws an error of the kind `judge` when nobody is named to judge.
    public var instrument: @Sendable (JudgeDesk) throws(EvaluationError) -> InstrumentParts

    /// Creates the use that an assertion makes of an instrument.
    public init(
        _ specification: AssertionSpecification,
        instrument: @escaping @Sendable (JudgeDesk) throws(EvaluationError) -> InstrumentParts
    ) {
        type = specification.writtenType
        metric = specification.metric
        mark = specification.mark
        self.instrument = instrument
    }
}
