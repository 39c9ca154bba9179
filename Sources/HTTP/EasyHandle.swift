internal import CLibCurl

/// Owns one libcurl easy handle.
final class EasyHandle {
    /// The handle; valid as long as its owner.
    let pointer: UnsafeMutableRawPointer

    /// Creates a handle; nil when there is no memory.
    init?() {
        guard let pointer = evalrun_curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit { evalrun_curl_easy_cleanup(pointer) }

    /// Forgets all options; the handle can be used again.
    func reset() { evalrun_curl_easy_reset(pointer) }

    /// Sets a number or flag.
    func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
        try check(evalrun_curl_set_long(pointer, option, value))
    }

    /// Sets a size.
    func set(large option: CURLoption, _ value: Int) throws(HTTPError) {
        try check(evalrun_curl_set_large(pointer, option, curl_off_t(value)))
    }

    /// Sets a text, which libcurl copies.
    func set(_ option: CURLoption, _ value: String) throws(HTTPError) {
        try check(evalrun_curl_set_text(pointer, option, value))
    }

    /// Sets a pointer, which must stay valid until the transfer has ended.
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) throws(HTTPError) {
        try check(evalrun_curl_set_pointer(pointer, option, value))
    }

    /// Sets a function that takes data.
    func set(_ option: CURLoption, _ function: evalrun_curl_data) throws(HTTPError) {
        try check(evalrun_curl_set_data(pointer, option, function))
    }

    /// Sets a list, which must stay valid until the transfer has ended.
    func set(list option: CURLoption, _ list: UnsafeMutablePointer<curl_slist>?) throws(HTTPError) {
        try check(evalrun_curl_set_list(pointer, option, list))
    }

    /// A time of the transfer in milliseconds; 0 when it is unknown.
    func milliseconds(_ info: CURLINFO) -> Double {
        var value: curl_off_t = 0
        return evalrun_curl_get_large(pointer, info, &value) == CURLE_OK ? Double(value) / 1000 : 0
    }

    private func check(_ status: CURLcode) throws(HTTPError) {
        guard status != CURLE_OK else { return }
        throw HTTPError(
            .system, "libcurl does not take an option: \(String(cString: evalrun_curl_easy_strerror(status)))"
        )
    }
}
