import Evals

/// An API whose request is put together as a draft, which tells at the same time what is wrong with it.
protocol DraftedAPI: ModelAPI {
    /// The body of a request, and what the provider would reject or ignore in it.
    func draft(_ request: ModelRequest, _ images: ImageSource) throws(EvaluationError) -> RequestDraft
}

extension DraftedAPI {
    /// What is wrong with the draft of a request; images are not read for it.
    public func complaints(about request: ModelRequest) -> [RequestComplaint] {
        do {
            return try draft(request, .placeholder).complaints
        } catch {
            return [RequestComplaint("invalid-request", error.message, hint: error.hint, isError: true)]
        }
    }
}
