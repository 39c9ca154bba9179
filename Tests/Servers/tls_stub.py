"""An HTTPS server on 127.0.0.1 with a certificate that nobody has signed; tests start it.

usage: tls_stub.py FOLDER BODY     (FOLDER gets cert.pem and key.pem)

Prints its port, answers every POST with status 200 and the JSON text BODY, and ends with its standard input.
"""

import http.server
import os
import pathlib
import ssl
import subprocess
import sys
import threading

folder, body = pathlib.Path(sys.argv[1]), sys.argv[2].encode()
certificate, key = folder / "cert.pem", folder / "key.pem"
subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
     "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
    check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.handle_error = lambda *_: None  # Clients that do not trust it go away in the handshake.
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
# The handshake is done by the first read, in the connection's thread: a client that waits must hold up no other.
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
os._exit(0)
