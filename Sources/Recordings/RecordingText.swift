import JSON
import YAML

/// A recording as YAML for people: block style, texts of several lines as literal blocks.
enum RecordingText {
    /// The file's bytes.
    static func bytes(of recording: Recording) -> [UInt8] {
        YAMLWriter.write(output(of: .object(recording.json)))
    }

    private static func output(of value: JSONValue) -> YAMLOutput {
        switch value {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .number(let number): .number(number.text)
        case .string(let text): .string(text)
        case .array(let elements): .list(elements.map(output), flow: false)
        case .object(let members):
            .mapping(members.map { YAMLOutput.Entry($0.key, output(of: $0.value)) }, flow: false)
        }
    }
}
