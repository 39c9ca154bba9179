import Evals

/// How requests of one model travel: its provider's settings and API, and the gate they pass.
///
/// A class, since every call in flight holds one.
final class Route: Sendable {
    /// Where to, and within which bounds.
    let settings: ProviderSettings
    /// What is sent, and what a response means.
    let api: any ModelAPI
    /// The limits and the breaker, shared by all models of a provider that have no limits of their own.
    let gate: CallGate

    /// Creates a route.
    init(settings: ProviderSettings, api: any ModelAPI, gate: CallGate) {
        self.settings = settings
        self.api = api
        self.gate = gate
    }
}
