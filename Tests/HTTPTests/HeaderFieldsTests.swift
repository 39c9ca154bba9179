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

@Suite struct HTTPAddressTests {
    @Test(
        "What goes to this machine is told from what does not, in all spellings",
        arguments: [
            ("http://127.0.0.1:8080/v1", true), ("http://localhost", true), ("http://[::1]:1/x", true),
            ("http://[0:0:0:0:0:0:0:1]/x", true), ("http://[0000::0001]", true), ("http://127.9.9.9", true),
            ("http://127.0.0.1@evil.example/", false), ("http://localhost.evil.example", false),
            ("http://[::2]", false), ("http://[fe80::1]", false), ("http://128.0.0.1", false),
            ("http://127.0.0.1.evil.example", false),
        ])
    func loopback(_ url: String, _ isHere: Bool) {
        #expect(HTTPAddress(url).isLoopback == isHere)
    }
}
