import Testing

@testable import Assertions

@Suite("Searching texts")
struct TextSearchTests {
    @Test("finds what a plain comparison at every place finds")
    func agreement() {
        var seed: UInt64 = 7
        func next(_ limit: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 33) % limit
        }
        for _ in 0..<2000 {
            let haystack = (0..<next(30)).map { _ in UInt8(next(2)) + 0x61 }
            let needle = (0..<(next(6) + 1)).map { _ in UInt8(next(2)) + 0x61 }
            let isThere = (0...max(0, haystack.count)).contains { start in
                haystack.dropFirst(start).starts(with: needle)
            }
            let search = TextSearch(String(decoding: needle, as: UTF8.self), ignoresCase: false)
            #expect(search.isFound(in: haystack) == isThere)
        }
    }

    @Test(
        "Folding by the short way for ASCII is folding scalar by scalar",
        arguments: ["", "ABC xyz @[`{ 09", "ÄÖ ABC ΟΔΟΣ"])
    func folding(text: String) {
        let expected = text.unicodeScalars.map { $0 == "Σ" ? "σ" : $0.properties.lowercaseMapping }.joined()
        #expect(String(decoding: CaseFolding.folded(text), as: UTF8.self) == expected)
    }
}
