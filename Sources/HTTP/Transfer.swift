internal import CLibCurl

/// One request under way, on the engine's thread alone.
final class Transfer {
    /// The handle that carries it.
    let handle: EasyHandle
    /// Who waits for it.
    let continuation: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>
    /// When the first byte is overdue; nil: never.
    let firstByteDeadline: ContinuousClock.Instant?
    /// True once a byte of the response has come.
    private(set) var hasFirstByte = false

    private let request: HTTPRequest
    private let address: HTTPAddress
    private let receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
    private let started: ContinuousClock.Instant
    private var fields: UnsafeMutablePointer<curl_slist>?
    private let payload: UnsafeMutableBufferPointer<UInt8>
    private let errorText: UnsafeMutablePointer<CChar>
    private var head = ResponseHead()
    private var body: [UInt8] = []
    private var received = 0
    /// Why a callback stopped the transfer.
    private var refusal: HTTPError?

    /// Takes an order on.
    init(order: Mailbox.Order, handle: EasyHandle) {
        self.handle = handle
        request = order.request
        receive = order.receive
        continuation = order.continuation
        address = HTTPAddress(order.request.url)
        let now = ContinuousClock.now
        started = now
        firstByteDeadline = order.request.timeouts.firstByte.map { now + .seconds($0) }
        payload = .allocate(capacity: order.request.body.count)
        _ = payload.initialize(from: order.request.body)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        payload.deallocate()
        errorText.deallocate()
        evalrun_curl_slist_free_all(fields)
    }

    /// Sets all options.
    func prepare(_ configuration: HTTPConfiguration) throws(HTTPError) {
        guard address.isUsable else {
            throw HTTPError(
                .badURL, "the address is not one of http or https, or has characters it can't have")
        }
        try handle.set(CURLOPT_URL, request.url)
        try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try handle.set(CURLOPT_NOSIGNAL, 1)
        // A name server that hangs must not hold up the transfers of others when this one is given up.
        try handle.set(CURLOPT_QUICK_EXIT, 1)
        try handle.set(CURLOPT_TCP_KEEPALIVE, 1)
        // Answers are small, and thousands of them may be on their way.
        try handle.set(CURLOPT_BUFFERSIZE, 4096)
        try handle.set(CURLOPT_UPLOAD_BUFFERSIZE, 16384)
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        if request.isSentOnce { try handle.set(CURLOPT_FRESH_CONNECT, 1) }
        // Better to wait for a connection that others can share than to open one for each of them.
        if address.isSecure, !request.isSentOnce { try handle.set(CURLOPT_PIPEWAIT, 1) }
        try handle.set(CURLOPT_ACCEPT_ENCODING, "")
        try handle.set(CURLOPT_USERAGENT, configuration.userAgent)
        try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // A key that goes to loopback in the clear must not meet a proxy.
        if address.isLoopback { try handle.set(CURLOPT_PROXY, "") }
        if let file = configuration.certificateFile { try handle.set(CURLOPT_CAINFO, file) }
        if let folder = configuration.certificateFolder { try handle.set(CURLOPT_CAPATH, folder) }
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.timeouts.connect))
        try handle.set(CURLOPT_TIMEOUT_MS, Self.milliseconds(request.timeouts.total))
        try handle.set(CURLOPT_ERRORBUFFER, errorText)
        let context = Unmanaged.passUnretained(self).toOpaque()
        try handle.set(CURLOPT_HEADERFUNCTION, Self.onHeader)
        try handle.set(CURLOPT_HEADERDATA, context)
        try handle.set(CURLOPT_WRITEFUNCTION, Self.onBody)
        try handle.set(CURLOPT_WRITEDATA, context)
        try prepareBody()
        try prepareFields()
    }

    private static func milliseconds(_ seconds: Double) -> Int {
        // 0 would mean no bound.
        max(1, Int(min(seconds, 1e9) * 1000))
    }

    private func prepareBody() throws(HTTPError) {
        if request.method == "GET", payload.isEmpty {
            try handle.set(CURLOPT_HTTPGET, 1)
            return
        }
        try handle.set(CURLOPT_POST, 1)
        try handle.set(large: CURLOPT_POSTFIELDSIZE_LARGE, payload.count)
        // An empty payload has an address too; without one libcurl would ask a function for the body.
        try handle.set(CURLOPT_POSTFIELDS, payload.baseAddress.map { UnsafeMutableRawPointer($0) })
        if request.method != "POST" { try handle.set(CURLOPT_CUSTOMREQUEST, request.method) }
    }

    private func prepareFields() throws(HTTPError) {
        var all = request.headers.fields
        if let signature = request.signature {
            all += try AWSSigning(signature).fields(
                method: request.method, url: request.url, headers: request.headers, body: request.body)
        }
        // libcurl would otherwise wait for a `100 Continue` before it sends a large body.
        var lines = ["Expect:"]
        for field in all {
            let text = field.name + field.value
            guard !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }), !field.name.isEmpty,
                !field.name.utf8.contains(UInt8(ascii: ":"))
            else {
                throw HTTPError(
                    .badURL, "the header field '\(Self.shown(field.name))' has characters it can't have")
            }
            // libcurl leaves a field without a value out, unless it ends with a semicolon.
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        for line in lines {
            guard let longer = evalrun_curl_slist_append(fields, line) else {
                throw HTTPError(.system, "there is no memory left")
            }
            fields = longer
        }
        try handle.set(list: CURLOPT_HTTPHEADER, fields)
    }

    private static func shown(_ name: String) -> String {
        String(
            name.unicodeScalars.filter { $0.value >= 0x20 && $0.value < 0x7F }.prefix(40).map(Character.init))
    }

    /// What became of it.
    func result(_ status: CURLcode) -> Result<HTTPResponse, HTTPError> {
        if let refusal { return .failure(refusal) }
        guard status == CURLE_OK else {
            let detail =
                errorText.pointee == 0 ? evalrun_curl_easy_strerror(status) : UnsafePointer(errorText)
            return .failure(
                HTTPError(
                    status, at: address.shown, detail: detail.map { String(cString: $0) } ?? "",
                    isConnected: handle.milliseconds(CURLINFO_PRETRANSFER_TIME_T) > 0,
                    timeouts: request.timeouts))
        }
        var timings = HTTPResponse.Timings()
        timings.resolved = handle.milliseconds(CURLINFO_NAMELOOKUP_TIME_T)
        timings.connected = handle.milliseconds(CURLINFO_CONNECT_TIME_T)
        timings.secured = handle.milliseconds(CURLINFO_APPCONNECT_TIME_T)
        timings.firstByte = handle.milliseconds(CURLINFO_STARTTRANSFER_TIME_T)
        timings.total = handle.milliseconds(CURLINFO_TOTAL_TIME_T)
        return .success(
            HTTPResponse(
                status: head.status, headers: head.fields, body: body, timings: timings, version: head.version
            ))
    }

    /// The error for a first byte that did not come in time.
    func overdue() -> HTTPError {
        HTTPError(
            .firstByteTimeout,
            "\(address.shown) sent nothing within \(HTTPError.seconds(request.timeouts.firstByte ?? 0))")
    }

    private static let onHeader: evalrun_curl_data = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.take(header: line) ? line.count : 0
    }

    private static let onBody: evalrun_curl_data = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.take(body: piece) ? piece.count : 0
    }

    private func take(header line: UnsafeRawBufferPointer) -> Bool {
        hasFirstByte = true
        guard head.take(line) else {
            refusal = HTTPError(.tooLarge, "\(address.shown) sent more than 128 KiB of header fields")
            return false
        }
        return true
    }

    private func take(body piece: UnsafeRawBufferPointer) -> Bool {
        hasFirstByte = true
        received += piece.count
        guard received <= request.responseLimit else {
            refusal = HTTPError(
                .tooLarge, "\(address.shown) sent more than \(request.responseLimit) bytes, and was cut off")
            return false
        }
        if let receive, (200..<300).contains(head.status) {
            receive(Array(piece)[...], (ContinuousClock.now - started) / .milliseconds(1))
        } else {
            body.append(contentsOf: piece)
        }
        return true
    }
}
