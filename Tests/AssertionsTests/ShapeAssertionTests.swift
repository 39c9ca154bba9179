import Diagnostics
import Evals
import JSON
import Testing

@Suite("Assertions on personal data and secrets")
struct ShapeAssertionTests {
    private static let key = "sk-proj-abcDEF0123456789abcDEF0123456789"
    private static let pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEabc123\n-----END RSA PRIVATE KEY-----"

    @Test(
        "pass",
        arguments: [
            Specimen(type: "no-pii", answer: ""),
            Specimen(type: "no-pii", answer: "Order 1234567890 of 2026-11-29 costs $1,234.50."),
            Specimen(type: "no-pii", answer: "from 8.8.8.8"),
            Specimen(type: "no-pii", options: ["kinds": "email"], answer: "Call +49 30 1234567"),
            Specimen(
                type: "no-pii", options: ["allow": "Support@Acme.example"],
                answer: "Write to support@acme.example."),
            Specimen(
                type: "no-pii", options: ["allow": ["@acme.example"]],
                answer: "a@acme.example, b@acme.example"),
            Specimen(type: "no-pii", options: ["allow": "/@example\\.(com|org)$/"], answer: "x@example.org"),
            Specimen(type: "no-pii", options: ["allow": "+49 30 1234567"], answer: "Tel. +49 (30) 1234-567"),
            Specimen(type: "no-pii", answer: "[redacted:openai:1]"),
            Specimen(type: "no-secrets", answer: "sk-learn-is-a-library-of-python and a@b.example"),
            Specimen(type: "no-secrets", answer: "[redacted:email:1]"),
            Specimen(type: "no-secrets", options: ["kinds": ["aws"]], answer: key),
            Specimen(
                type: "no-secrets", options: ["allow": "AKIAIOSFODNN7EXAMPLE"], answer: "AKIAIOSFODNN7EXAMPLE"
            ),
            Specimen(type: "no-pii", answer: "a@b.example", isNegated: true),
        ])
    func pass(specimen: Specimen) async throws {
        let result = try await specimen.result()
        #expect(result.passed && result.error == nil, "\(result.reason)")
    }

    @Test(
        "fail, and show what they found in masked form only",
        arguments: [
            (Specimen(type: "no-pii", answer: "Hi jane.doe@example.com!"), "j***@e***.com", "jane"),
            (
                Specimen(type: "no-pii", answer: "pay with 4111 1111 1111 1111 now"), "**** **** **** 1111",
                "4111 1"
            ),
            (
                Specimen(type: "no-pii", answer: "to DE89 3704 0044 0532 0130 00"), "an IBAN (DE** **** 00)",
                "3704"
            ),
            (Specimen(type: "no-pii", answer: "Call +49 30 1234567"), "a phone number (+49***67)", "12345"),
            (Specimen(type: "no-pii", answer: "SSN 078-05-1120"), "***-**-1120", "078-"),
            (
                Specimen(type: "no-pii", options: ["kinds": ["ip"]], answer: "8.8.4.4 a@b.example"), "8.***",
                "a@b"
            ),
            (
                Specimen(
                    type: "no-pii", options: ["kinds": ["email"]],
                    answer: "jane@example.com has \(key) and 4111111111111111"), "an e-mail address", "proj"
            ),
            (Specimen(type: "no-pii", answer: "[redacted:email:2] wrote"), "[redacted:email:2]", "@"),
            (
                Specimen(
                    type: "no-pii", options: ["allow": "a@b.example"], answer: "a@b.example c@d.example"),
                "c***@d***.example", "c@d"
            ),
            (Specimen(type: "no-secrets", answer: "key: \(key)"), "sk-…(40 characters)", "abcDEF"),
            (Specimen(type: "no-secrets", answer: pem), "a private key (-----BEGIN PRIVATE KEY…", "MIIE"),
            (Specimen(type: "no-secrets", answer: "AKIAIOSFODNN7EXAMPLE"), "AKIA…(20 characters)", "IOSF"),
            (Specimen(type: "no-secrets", answer: "[redacted:custom:1]"), "[redacted:custom:1]", "@"),
            (Specimen(type: "no-secrets", answer: "[redacted:aws:3]"), "[redacted:aws:3]", "@"),
            (
                Specimen(
                    type: "no-secrets", answer: "ghp_abcdefghijklmnopqrstuvwxyz0123456789 of a@b.example"),
                "ghp_…(40 characters)", "a@b"
            ),
        ])
    func fail(specimen: Specimen, shown: String, hidden: String) async throws {
        let result = try await specimen.result()
        #expect(!result.passed && result.error == nil)
        #expect(result.reason.contains(shown), "\(result.reason)")
        #expect(!result.reason.contains(hidden), "\(result.reason)")
        #expect(result.actual?.contains(hidden) == false, "\(result.actual ?? "")")
    }

    @Test(
        "are refused with a diagnostic",
        arguments: [
            (Specimen(type: "no-pii", options: ["kinds": ["emails"]]), "bad-value"),
            (Specimen(type: "no-pii", options: ["kinds": []]), "bad-value"),
            (Specimen(type: "no-pii", options: ["kinds": 1]), "bad-value"),
            (Specimen(type: "no-pii", options: ["allow": "/(/"]), "bad-pattern"),
            (Specimen(type: "no-pii", options: ["allow": ""]), "bad-value"),
            (Specimen(type: "no-secrets", options: ["kinds": "email"]), "bad-value"),
            (Specimen(type: "no-secrets", threshold: 2), "bad-threshold"),
        ])
    func refused(specimen: Specimen, id: String) throws {
        let mistake = try #require(specimen.mistake())
        #expect(mistake.id == id)
        #expect(mistake.hint != nil)
    }

    @Test("name the first ones of many, and mask the text around them")
    func many() async throws {
        let answer = (0..<2000).map { "Customer \($0) is user\($0)@example.com, card 4111 1111 1111 1111. " }
            .joined()
        let result = try await Specimen(type: "no-pii", answer: answer).result()
        #expect(result.reason.hasSuffix("and at least 995 more"))
        #expect(result.actual?.contains("u***@e***.com") == true)
        #expect(result.actual?.contains("user1") == false)
        #expect((result.actual?.utf8.count ?? .max) <= 2048)

        let late = String(repeating: "ordinary text, ", count: 20_000) + "then \(Self.key) and x@y.example"
        let found = try await Specimen(type: "no-pii", answer: late).result()
        #expect(
            found.actual?.contains("ordinary text, then sk-…(40 characters) and x***@y***.example") == true)
        #expect(found.actual?.hasPrefix("…") == true)
    }
}
