import JSON
import Testing

@testable import Judges

@Suite("Vectors of embeddings")
struct EmbeddingVectorTests {
    @Test(
        "The cosine is that of the angle, whatever the lengths",
        arguments: [
            ([1, 0], [5, 0], 1), ([1, 0], [0, 3], 0), ([1, 0], [-2, 0], -1), ([3, 4], [4, 3], 0.96),
            ([1e300, 1e300], [1e-300, 1e-300], 1), ([1.7e308, 0, 1.7e308], [1.7e308, 0, -1.7e308], 0),
            ([0.1, 0.2, 0.3], [0.1, 0.2, 0.3], 1),
        ] as [([Double], [Double], Double)])
    func cosine(first: [Double], second: [Double], expected: Double) throws {
        let vectors = try [first, second].map { try EmbeddingVector(.array($0.map { .double($0) })) }
        let cosine = try #require(vectors[0].cosine(to: vectors[1]))
        #expect(abs(cosine - expected) < 1e-12)
        #expect((-1...1).contains(cosine))
    }

    @Test(
        "What is no list of finite numbers with a direction is no embedding",
        arguments: [
            "[]", "[0, 0]", "[1, \"2\"]", "[1, null]", "[[1]]", "{}", "1", "\"[1]\"", "[1e999]", "null",
        ])
    func mistakes(text: String) throws {
        let value = try JSONParser().parse(text)
        #expect(throws: EmbeddingVector.Mistake.self) { try EmbeddingVector(value) }
    }

    @Test("Vectors of different dimensions have no angle")
    func dimensions() throws {
        let cosine = try EmbeddingVector([1, 2]).cosine(to: EmbeddingVector([1, 2, 3]))
        #expect(cosine == nil)
    }
}
