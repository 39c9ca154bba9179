public import JSON

/// How well an instrument (judge models, prompt, rubric and threshold) agreed with people who labelled answers.
public struct JudgeCalibration: Sendable, Hashable {
    /// The file it stands in, relative to the project.
    public var file: String
    /// The name: the metric's, or that of the rubric's file.
    public var name: String
    /// The hash of the instrument that was measured, in lower-case hexadecimal digits.
    public var instrument: String
    /// What the instrument is made of, which the hash is of; it tells what was changed since.
    public var parts: JSONObject
    /// Answers that people passed and the judge passed.
    public var truePasses: Int
    /// Answers that people failed and the judge passed.
    public var falsePasses: Int
    /// Answers that people failed and the judge failed.
    public var trueFails: Int
    /// Answers that people passed and the judge failed.
    public var falseFails: Int

    /// Creates a calibration from the four counts.
    public init(
        file: String, name: String = "", instrument: String, parts: JSONObject = [:], truePasses: Int,
        falsePasses: Int, trueFails: Int, falseFails: Int
    ) {
        self.file = file
        self.name = name
        self.instrument = instrument
        self.parts = parts
        self.truePasses = truePasses
        self.falsePasses = falsePasses
        self.trueFails = trueFails
        self.falseFails = falseFails
    }
}
