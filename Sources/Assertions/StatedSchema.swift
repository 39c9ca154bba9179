import Diagnostics
import Evals
import JSON
import JSONSchema

/// The schema that an assertion states as its value.
enum StatedSchema {
    /// Compiles a schema with the files it refers to.
    ///
    /// Throws everything that is wrong with it, each mistake at the line of its keyword.
    static func compile(
        _ document: JSONValue, of specification: AssertionSpecification, assertsFormat: Bool
    ) throws(DiagnosticError) -> CompiledSchema {
        let written = specification.written
        let registry = SchemaRegistry((written?.related ?? [:]).mapValues(\.value))
        do throws(SchemaError) {
            return try CompiledSchema(
                document, options: SchemaOptions(assertsFormat: assertsFormat), base: written?.base ?? "",
                registry: registry)
        } catch {
            throw DiagnosticError(diagnostics(error, specification))
        }
    }

    /// What is most likely a mistake in a schema that can be used.
    static func warnings(_ schema: CompiledSchema, of specification: AssertionSpecification) -> [Diagnostic] {
        let places = marks(of: schema.warnings.map(\.pointer), in: "", specification)
        return zip(schema.warnings, places).map { warning, mark in
            Diagnostic("schema-keyword", "in the schema, \(warning)", at: mark, severity: .warning)
        }
    }

    private static func diagnostics(
        _ error: SchemaError, _ specification: AssertionSpecification
    ) -> [Diagnostic] {
        // The places of a document's mistakes are found in one walk over it.
        var marks: [SourceMark?] = Array(repeating: nil, count: error.problems.count)
        let numbers = Dictionary(grouping: error.problems.indices) { error.problems[$0].document }
        for (document, numbers) in numbers {
            let pointers = numbers.map { error.problems[$0].pointer }
            for (number, mark) in zip(numbers, Self.marks(of: pointers, in: document, specification)) {
                marks[number] = mark
            }
        }
        return zip(error.problems, marks).map { problem, mark in
            let mark = mark ?? specification.valueMark
            let isElsewhere = mark.file != specification.mark.file
            return Diagnostic(
                "bad-schema", "the schema of '\(specification.writtenType)': \(problem)", at: mark,
                hint: specification.written == nil ? "mend the schema at #\(problem.pointer)" : nil,
                notes: isElsewhere ? [.init("the schema is named here", at: specification.mark)] : [])
        }
    }

    /// The places of parts of the schema or a document that it refers to; where they are not known, the schema's.
    private static func marks(
        of pointers: [JSONPointer], in document: String, _ specification: AssertionSpecification
    ) -> [SourceMark] {
        let written = specification.written
        let places = document.isEmpty ? written?.places : written?.related[document]?.places
        return places?.marks(of: pointers)
            ?? Array(repeating: specification.valueMark, count: pointers.count)
    }
}
