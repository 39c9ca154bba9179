import Foundation  // Reading the file of points and the environment; tests only.
import JSON
import Testing

/// A line of the file of reference values: a function, what goes in, and what must come out.
struct ReferencePoint: Sendable, CustomTestStringConvertible {
    /// The name of the function.
    var function: String
    /// A name that no other point has.
    var id: String
    /// The arguments by name.
    var inputs: JSONValue
    /// The results by name; null: undefined.
    var expected: JSONObject

    /// The name in the list of tests.
    var testDescription: String { id }

    /// All points of the file; empty where it is not there.
    static let all: [ReferencePoint] = {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let points = try? JSONParser().parse(text)["points"]?.array
        else { return [] }
        return points.compactMap { point in
            guard let function = point["fn"]?.string, let id = point["id"]?.string,
                let inputs = point["inputs"], let expected = point["expected"]?.object
            else { return nil }
            return ReferencePoint(function: function, id: id, inputs: inputs, expected: expected)
        }
    }()

    /// Whether the file is there.
    static let fileExists = FileManager.default.fileExists(atPath: path)

    private static let path: String = {
        if let path = ProcessInfo.processInfo.environment["EVALRUN_STATISTICS_REFERENCE"] { return path }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appendingPathComponent("../shared/reference/stats-reference.json").standardized.path
    }()
}
