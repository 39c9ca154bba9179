import Evals
import HTTP

/// Reading what came back without telling secrets that it echoes.
///
/// They are taken out of a response before it is read again: messages are cut, and a key that a cut parts would not be
/// found any more.
extension PreparedRequest {
    /// What a response means; secrets that a failed one echoes are in no message, not even in parts.
    func reading<Value>(
        _ response: APIResponse, _ read: (APIResponse) throws(CallFailure) -> Value
    ) throws(CallFailure) -> Value {
        do throws(CallFailure) {
            return try read(response)
        } catch {
            var failure = error
            if let clean = masked(response) {
                do throws(CallFailure) {
                    _ = try read(clean)
                } catch {
                    failure = error
                }
            }
            failure.message = masked(failure.message)
            failure.hint = failure.hint.map(masked)
            failure.requestID = failure.requestID.map(masked)
            throw failure
        }
    }

    /// The same for bytes that are read to an error of an execution.
    func reading<Value>(
        _ bytes: [UInt8], _ read: ([UInt8]) throws(EvaluationError) -> Value
    ) throws(EvaluationError) -> Value {
        do throws(EvaluationError) {
            return try read(bytes)
        } catch {
            var told = error
            let clean = masked(bytes)
            if clean != bytes {
                do throws(EvaluationError) {
                    _ = try read(clean)
                } catch {
                    told = error
                }
            }
            told.message = masked(told.message)
            told.hint = told.hint.map(masked)
            throw told
        }
    }

    /// The bytes without secrets.
    func masked(_ bytes: [UInt8]) -> [UInt8] {
        secrets.isEmpty ? bytes : Array(masked(String(decoding: bytes, as: UTF8.self)).utf8)
    }

    /// The response without secrets; nil when there are none in it.
    private func masked(_ response: APIResponse) -> APIResponse? {
        guard !secrets.isEmpty else { return nil }
        var copy = response
        copy.body = masked(response.body)
        copy.events = response.events.map { events in
            events.map { ServerSentEvent(type: $0.type, data: masked($0.data)) }
        }
        return copy.body == response.body && copy.events == response.events ? nil : copy
    }
}
