import Testing

@testable import HTTP

@Suite struct AWSSigningTests {
    private let keys = HTTPRequest.AWSSignature(
        accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", region: "us-east-1",
        service: "bedrock")

    @Test("A model's id with a colon is signed as AWS's own client signs it")
    func bedrock() throws {
        // The signature was made with botocore 1.44.5 for the same keys, time, path and body.
        let fields = try AWSSigning(keys, unixTime: 1_795_219_200).fields(
            method: "POST",
            url:
                "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/converse",
            headers: ["Content-Type": "application/json", "Accept": "*/*"], body: Array("{}".utf8))
        #expect(fields.map(\.name) == ["X-Amz-Date", "Authorization"])
        #expect(fields[0].value == "20261121T000000Z")
        #expect(
            fields[1].value
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/bedrock/aws4_request, "
                + "SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=f46f3b2973873520e0a08f988684458f32e6a4c618d8b9782f76e103187a4159")
    }

    @Test("The token of temporary credentials is sent and signed")
    func token() throws {
        var temporary = keys
        temporary.sessionToken = "TOKEN"
        let fields = try AWSSigning(temporary, unixTime: 0).fields(
            method: "POST", url: "https://h/p", headers: [:], body: [])
        #expect(fields.contains(HeaderFields.Field(name: "X-Amz-Security-Token", value: "TOKEN")))
        #expect(fields.last?.value.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,") == true)
    }

    @Test(
        "A time is written by the calendar",
        arguments: [
            (0, "19700101T000000Z"), (951_827_696, "20000229T123456Z"), (1_795_219_200, "20261121T000000Z"),
            (4_107_542_399, "21000228T235959Z"), (4_107_542_400, "21000301T000000Z"),
            (-1, "19691231T235959Z"),
        ])
    func stamps(_ time: Int, _ text: String) {
        #expect(AWSSigning.stamp(time) == text)
    }
}
