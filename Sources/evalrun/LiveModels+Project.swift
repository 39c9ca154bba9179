import Evals
import Files
import HTTP
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
    convenience init(
        of project: Project, root: ProjectRoot, programs: ProgramHost?,
        faults: FaultInjection = FaultInjection(), budget: Budget?
    ) {
        self.init(
            models: project.models, providers: project.providers,
            world: World(of: project, root: root, programs: programs), faults: faults, budget: budget,
            prices: project.pricing)
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
