"""A server of the web on this machine that answers as sites do: well, badly, slowly, in circles."""

import http.server
import socket
import ssl
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any


class Site(http.server.ThreadingHTTPServer):
    """The server; `asked` counts the requests by method and path."""

    daemon_threads = True

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, *_request: Any) -> None:
        """Whoever hangs up is no news."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[f"{self.command} {self.path}"] += 1
        kind, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"_{kind}", self._status)(rest or kind)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _status(self, number: str) -> None:
        self.send_response(int(number) if number.isdigit() else 404)
        self.end_headers()

    def _headless(self, number: str) -> None:
        self._status("405" if self.command == "HEAD" else number)

    def _to(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target if "://" in target else f"/{target}")
        self.end_headers()

    def _circle(self, _rest: str) -> None:
        self._to("circle")

    def _slow(self, _rest: str) -> None:
        time.sleep(3)

    def _drip(self, _rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _time in range(40):
            self.wfile.write(b"X-A: b\r\n")
            self.wfile.flush()
            time.sleep(0.1)

    def _huge(self, _rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65536)

    def _garbage(self, _rest: str) -> None:
        self.wfile.write(b"\x00\x01 not http\r\n\r\n")

    def _cut(self, _rest: str) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""
