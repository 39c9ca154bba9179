import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("An instrument")
struct JudgeInstrumentTests {
    private static let bench = JudgeBench(ScriptedModel { _ in Reply(content: nil) })

    private static func hash(
        _ specification: AssertionSpecification = base, panel: JudgePanel = JudgePanel(models: ["judge"]),
        isBatched: Bool = false, desk change: (inout JudgeDesk) -> Void = { _ in }
    ) -> String {
        var desk = bench.desk
        change(&desk)
        return JudgeInstrument(specification, panel: panel, desk: desk, isBatched: isBatched).sha256
    }

    private static let base = JudgeBench.specification(
        "llm-rubric", value: "Is polite.", threshold: 0.5, options: ["scale": "1-5"])

    private static func changed(_ change: (inout AssertionSpecification) -> Void) -> AssertionSpecification {
        var specification = base
        change(&specification)
        return specification
    }

    @Test("is another one when anything changes that shapes a verdict")
    func others() {
        let hashes = [
            Self.hash(), Self.hash(Self.changed { $0.value = "Is polite" }),
            Self.hash(Self.changed { $0.value = ["Is polite."] }),
            Self.hash(Self.changed { $0.value = nil }), Self.hash(Self.changed { $0.threshold = 0.6 }),
            Self.hash(Self.changed { $0.threshold = nil }), Self.hash(Self.changed { $0.isNegated = true }),
            Self.hash(Self.changed { $0.options["scale"] = "0-5" }),
            Self.hash(Self.changed { $0.type = "closed-qa" }), Self.hash(Self.changed { $0.select = "$.a" }),
            Self.hash(Self.changed { $0.xpath = "/a" }),
            Self.hash(Self.changed { $0.transform = [.named(.trim)] }),
            Self.hash(Self.changed { $0.transform = [.named(.lower)] }),
            Self.hash(Self.changed { $0.transform = [.regexExtract("a")] }),
            Self.hash(panel: JudgePanel(models: ["second"])),
            Self.hash(panel: JudgePanel(models: ["judge", "second"])),
            Self.hash(panel: JudgePanel(models: ["judge", "second"], vote: .all)),
            Self.hash(panel: JudgePanel(models: ["judge"], repetition: 2)), Self.hash(isBatched: true),
            Self.hash { $0.models["judge"]?.parameters = ["temperature": 0] },
            Self.hash { $0.models["judge"]?.identity = "newer" },
            Self.hash { $0.models["judge"]?.model = "cheaper" },
            Self.hash { $0.models["judge"]?.provider = "elsewhere" },
            Self.hash { $0.models["judge"]?.settings["base_url"] = "http://127.0.0.1:9" },
            Self.hash { $0.models["judge"]?.settings["fallback"] = ["second"] },
            Self.hash {
                $0.prompts["judge-rubric"] = JudgeBench.prompt(named: "judge-rubric", sha256: "edited")
            },
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(hashes.allSatisfy { $0.utf8.count == 64 })
    }

    @Test("stays the same when only its name, its weight or its place changes, or what it does not use")
    func same() {
        let other = JudgeBench.prompt(named: "judge-factuality", sha256: "edited")
        let hashes = [
            Self.hash(), Self.hash(Self.changed { $0.metric = "tone" }),
            Self.hash(Self.changed { $0.weight = 3 }), Self.hash(Self.changed { $0.writtenType = "rubric" }),
            Self.hash(Self.changed { $0.options["judge"] = "judge" }),
            Self.hash(Self.changed { $0.options["panel"] = ["models": ["judge"]] }),
            Self.hash(Self.changed { $0.mark.line = 99 }),
            Self.hash(
                Self.changed { $0.quarantine = Quarantine(until: "2030-01-01", owner: "o", reason: "r") }),
            Self.hash { $0.prompts["judge-factuality"] = other },
            Self.hash { $0.models["second"]?.parameters = ["temperature": 0] },
            Self.hash { $0.settings.moment = .othersPass },
            Self.hash { $0.models["judge"]?.settings["limits"] = ["concurrency": 2] },
        ]
        #expect(Set(hashes).count == 1)
    }

    @Test("is the rubric as it is rendered and as it is written, since words of variables decide")
    func unrendered() {
        func row(_ value: JSONValue, _ written: JSONValue = "Names {{ city }}.") -> AssertionSpecification {
            Self.changed {
                $0.value = value
                $0.unrendered = written
            }
        }
        let hashes = [
            Self.hash(row("Names Rome.")), Self.hash(row("Names Oslo.")),
            Self.hash(row("Names Rome.", "Names {{ town }}.")),
            Self.hash(row("Names Rome.", ["source": "Names {{ city }}.", "included": ["Rome"]])),
            Self.hash(Self.changed { $0.value = "Names Rome." }),
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(Self.hash(row("Names Rome.")) == hashes[0])
    }

    @Test("is the template alone where the value is a reference, which says what is true in one case")
    func references() throws {
        func hash(_ type: String, _ value: JSONValue, _ written: JSONValue?) throws -> String {
            var specification = JudgeBench.specification(type, value: value)
            specification.unrendered = written
            let assertion = try JudgeBench.catalog.compile(specification)
            return try #require(assertion.instruments.first).instrument(Self.bench.desk).sha256
        }
        let template: JSONValue = "{{ fact }}"
        #expect(try hash("factuality", "Rome", template) == hash("factuality", "Oslo", template))
        #expect(try hash("factuality", "Rome", template) != hash("factuality", "Rome", "{{ other }}"))
        #expect(try hash("factuality", "Rome", nil) != hash("factuality", "Oslo", nil))
        #expect(try hash("closed-qa", "Rome", template) != hash("closed-qa", "Oslo", template))
    }

    @Test("has the calibration of its hash")
    func calibration() {
        let hash = Self.hash()
        let calibration = JudgeCalibration(
            file: "c.yaml", instrument: hash, truePasses: 1, falsePasses: 2, trueFails: 3, falseFails: 4)
        var desk = Self.bench.desk
        desk.calibrations[hash] = calibration
        let panel = JudgePanel(models: ["judge"])
        #expect(JudgeInstrument(Self.base, panel: panel, desk: desk).calibration == calibration)
        let edited = Self.changed { $0.value = "Is very polite." }
        #expect(JudgeInstrument(edited, panel: panel, desk: desk).calibration == nil)
    }
}
