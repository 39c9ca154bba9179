import Evals

/// How requests of one model travel: its provider's settings and API, and the gate they pass.
struct Route: Sendable {
    /// Where to, and within which bounds.
    let settings: ProviderSettings
    /// What is sent, and what a response means.
    let api: any ModelAPI
    /// The limits and the breaker, shared by all models of a provider that have no limits of their own.
    let gate: CallGate
}
