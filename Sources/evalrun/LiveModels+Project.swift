import Evals
import Files
import HTTP
import JSON
import Models
import Programs
import Suites

extension LiveModels {
    /// The models of a project, asked over the network, its programs and its images at hand.
    ///
    /// - Parameters:
    ///   - programs: Runs programs; nil: none may run.
    ///   - faults: Failures on purpose.
    ///   - budget: What may be spent; nil: anything.
    ///   - allowsUnpriced: Whether a call whose price is unknown is made, uncounted, under a budget.
    convenience init(
        of project: Project, root: ProjectRoot, programs: ProgramHost?,
        faults: FaultInjection = FaultInjection(), budget: Budget?, allowsUnpriced: Bool
    ) {
        self.init(
            models: project.models, providers: project.providers,
            world: World(of: project, root: root, programs: programs), faults: faults, budget: budget,
            prices: project.pricing, allowsUnpriced: allowsUnpriced)
    }
}

extension LiveModels.World {
    /// The network, the environment, and what the project holds.
    init(of project: Project, root: ProjectRoot, programs: ProgramHost?) {
        self.init(
            transport: { () throws(HTTPError) in
                try HTTPEngine(
                    configuration: HTTPConfiguration(
                        certificateFile: Console.environment("SSL_CERT_FILE"),
                        certificateFolder: Console.environment("SSL_CERT_DIR"),
                        userAgent: "evalrun/\(Version.text)"))
            },
            environment: { Console.environment($0) }, images: ProjectImages.source(root),
            programs: ProgramModels(project: project, root: root, host: programs))
    }
}

extension Project {
    /// Where a model is asked: the kind of its provider and the address, without what variables say of keys.
    func route(to model: ModelSpecification, environment: (String) -> String?) -> String {
        let settings = ProviderSettings(
            name: model.provider, kind: kind(ofProvider: model.provider),
            provider: providers[model.provider]?.object ?? [:], model: model)
        let written = settings.baseURL ?? ""
        let address = (try? ProviderSettings.expand(written, environment: environment).get()) ?? written
        return "\(settings.kind) \(address) \(settings.apiVersion ?? "") \(settings.region ?? "")"
    }
}
