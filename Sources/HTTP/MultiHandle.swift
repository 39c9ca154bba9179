internal import CLibCurl

/// Owns the libcurl handle that carries many transfers; the easy handles must be taken out before it goes.
final class MultiHandle {
    /// The handle; valid as long as its owner.
    let pointer: UnsafeMutableRawPointer

    /// Creates a handle; the error is of the kind `system`.
    init() throws(HTTPError) {
        guard let pointer = evalrun_curl_multi_init() else {
            throw HTTPError(.system, "there is no memory left")
        }
        self.pointer = pointer
    }

    deinit { evalrun_curl_multi_cleanup(pointer) }

    /// Turns a bad status into an error.
    func check(_ status: CURLMcode) throws(HTTPError) {
        guard status != CURLM_OK else { return }
        throw HTTPError(.system, "libcurl failed: \(String(cString: evalrun_curl_multi_strerror(status)))")
    }
}
