"""A server that gives the saved real answers of Sotkanet byte for byte, or one of many kinds of trouble."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

# The saved answer is of this indicator and year.
SAVED_INDICATOR, SAVED_YEAR = 127, 2009


@dataclass
class Source:
    """What the server says.

    Attributes:
        answers: by path without the query; overrides the saved ones.
        trouble: called instead of answering, with the handler and what it would have said.
        asked: paths with their queries, in order; `agents`: who asked.
    """

    folder: Path
    address: str = ""
    answers: dict[str, bytes] = field(default_factory=dict)
    trouble: "Callable[[BaseHTTPRequestHandler, bytes], None] | None" = None
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def saved(self, path: str) -> bytes | None:
        names = {
            "/indicators": "SotkaIndicators.json",
            "/regions": "SotkaRegions.json",
            "/json": "SotkaIndicatorData.json",
            "/csv": "SotkaIndicatorData.csv",
        }
        return (self.folder / names[path]).read_bytes() if path in names else None

    def content(self, path: str) -> bytes | None:
        parts = urlsplit(path)
        if parts.path in self.answers:
            return self.answers[parts.path]
        query = parse_qs(parts.query)
        is_saved = query.get("indicator") == [str(SAVED_INDICATOR)] and str(SAVED_YEAR) in query["years"]
        if parts.path in {"/json", "/csv"} and not is_saved:
            return b"[]"
        return self.saved(parts.path)


def send(
    handler: BaseHTTPRequestHandler, content: bytes, status: int = 200, length: int | None = None
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json;charset=UTF-8")
    handler.send_header("Content-Length", str(len(content) if length is None else length))
    handler.end_headers()
    handler.wfile.write(content)


@contextmanager
def serving(folder: Path) -> Iterator[Source]:
    """Serve in a thread of its own until the block ends."""
    source = Source(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            source.asked.append(self.path)
            source.agents.append(self.headers["User-Agent"])
            content = source.content(self.path)
            if source.trouble is not None:
                source.trouble(self, content or b"")
            elif content is None:
                send(self, b"", 404)
            else:
                send(self, content)

        def log_message(self, *_args: object) -> None:
            """Nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    source.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield source
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
    """Answer with a status and nothing else."""
    return lambda handler, _content: send(handler, b"", code)


def silent(seconds: float) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
    """Say nothing for a while."""

    def trouble(handler: BaseHTTPRequestHandler, content: bytes) -> None:
        time.sleep(seconds)
        send(handler, content)

    return trouble


def dripping(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """Send a byte every now and then: no pause is long, the whole is."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    for byte in content[:100]:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


def cut_short(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """Promise all, send half."""
    send(handler, content[: len(content) // 2], length=len(content))


def cut_chunks(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """Begin a piece of known length and go away."""
    handler.send_response(200)
    handler.protocol_version = "HTTP/1.1"
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"1000\r\n" + content[:100])


def garbling(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """All bytes there, not as they were."""
    send(handler, bytes(byte ^ 0x15 for byte in content))


def a_page(handler: BaseHTTPRequestHandler, _content: bytes) -> None:
    """A page for people instead of data."""
    send(handler, b"<!DOCTYPE html><html><body>Huoltokatko</body></html>")


def endless(handler: BaseHTTPRequestHandler, _content: bytes) -> None:
    """More than any answer."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"[" + b" " * 65_535)


def elsewhere(handler: BaseHTTPRequestHandler, _content: bytes) -> None:
    """Lead to another server."""
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:9/")
    handler.end_headers()


def zipped(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """Packed although nobody asked for it."""
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.end_headers()
    handler.wfile.write(content)
