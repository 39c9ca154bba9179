import HTTP
import Testing

@Suite struct HeaderFieldsTests {
    @Test("A field is found whatever its capitals, and setting it replaces all of its name")
    func names() {
        var fields: HeaderFields = ["Retry-After": "2", "X-A": "1", "x-a": "2"]
        #expect(fields["retry-after"] == "2")
        #expect(fields["X-a"] == "1")
        fields["X-A"] = "3"
        #expect(fields.fields.map(\.value) == ["2", "3"])
        fields["retry-AFTER"] = nil
        #expect(fields["Retry-After"] == nil)
    }
}
