import JSON
import Testing

@Suite("Assertions that can't fail")
struct VacuityTests {
    @Test(
        "are told",
        arguments: [
            Specimen(type: "contains", value: ""),
            Specimen(type: "contains-any", value: ["a", ""]),
            Specimen(type: "contains-any", value: "\"\",a"),
            Specimen(type: "contains-all", value: [""]),
            Specimen(type: "starts-with", value: ""),
            Specimen(type: "ends-with", value: ""),
            Specimen(type: "regex", value: ""),
            Specimen(type: "regex", value: ".*"),
            Specimen(type: "regex", value: "^"),
            Specimen(type: "regex", value: "^.*"),
            Specimen(type: "regex", value: "$"),
            Specimen(type: "regex", value: "a?"),
            Specimen(type: "regex", value: "(?!.*secret)"),
            Specimen(type: "regex", value: "^[\\s\\S]*$"),
            Specimen(type: "regex", value: "[^a]*"),
            Specimen(type: "not-regex-never", value: "(?!)"),
            Specimen(type: "word-count", value: ["min": 0]),
            Specimen(type: "contains", value: "a", threshold: 0),
            Specimen(type: "is-json", value: true),
            Specimen(type: "is-json", value: [:]),
            Specimen(type: "is-json", value: ["type": "string", "title": "Label"]),
        ])
    func vacuous(specimen: Specimen) throws {
        var specimen = specimen
        if specimen.type == "not-regex-never" {
            specimen.type = "regex"
            specimen.isNegated = true
        }
        #expect(try specimen.vacuity() != nil)
    }

    @Test(
        "are not seen where there are none",
        arguments: [
            Specimen(type: "contains", value: "", isNegated: true),
            Specimen(type: "contains", value: "a"),
            Specimen(type: "contains-any", value: "a,,b"),
            Specimen(type: "contains-all", value: ["", "a"]),
            Specimen(type: "regex", value: "^(?!.*secret)"),
            Specimen(type: "regex", value: "^$"),
            Specimen(type: "regex", value: "^.*$"),
            Specimen(type: "regex", value: "^a*$"),
            Specimen(type: "regex", value: "a+"),
            Specimen(type: "regex", value: "\\A\\d*\\z"),
            Specimen(type: "regex", value: "(?<!a)$"),
            Specimen(type: "regex", value: ".*", isNegated: true),
            Specimen(type: "word-count", value: ["min": 0, "max": 100]),
            Specimen(type: "is-json"),
            Specimen(type: "is-json", value: ["type": "string", "minLength": 1]),
            Specimen(type: "is-json", value: true, isNegated: true),
            Specimen(type: "contains", value: "a", threshold: 0.5),
        ])
    func real(specimen: Specimen) throws {
        #expect(try specimen.vacuity() == nil)
    }
}
