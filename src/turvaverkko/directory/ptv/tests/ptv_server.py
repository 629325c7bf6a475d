"""A server that answers like the interface v11: paged ids, lists of a hundred, archived ones, troubles."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

RESOURCES = {
    "Service": "service",
    "ServiceChannel": "channel",
    "Organization": "organisation",
    "GeneralDescription": "general-description",
}
Trouble = Callable[[BaseHTTPRequestHandler, bytes], None]


@dataclass
class Catalogue:
    """What the server holds.

    Attributes:
        documents: kind → id → document.
        archived: kind → ids.
        page: ids of one page.
        troubles: called in turn, one for each request; None lets it through.
        always: called with every request; returns True when it has answered.
    """

    documents: dict[str, dict[str, Any]]
    archived: dict[str, list[str]] = field(default_factory=dict)
    page: int = 2
    address: str = ""
    troubles: list[Trouble | None] = field(default_factory=list)
    always: "Callable[[BaseHTTPRequestHandler], bool] | None" = None
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, Any]:
        parts, query = urlsplit(path), parse_qs(urlsplit(path).query)
        resource, *rest = parts.path.strip("/").split("/")
        kind = RESOURCES[resource]
        there = self.documents.setdefault(kind, {})
        if rest[:1] == ["list"]:
            ids = query["guids"][0].split(",")
            assert len(ids) <= 100
            return 200, [there[one] for one in ids if one in there]
        if rest and rest[0] != "area":
            return (200, there[rest[0]]) if rest[0] in there else (404, None)
        ids = self.archived.get(kind, []) if "status" in query else sorted(there)
        if query.get("status") == ["Withdrawn"]:
            ids = []
        if since := query.get("date"):
            ids = [one for one in ids if there[one].get("modified", "") >= since[0]]
        return 200, self._page(ids, int(query["page"][0]))

    def _page(self, ids: list[str], number: int) -> dict[str, Any]:
        count = -(-len(ids) // self.page)
        rows = [{"id": one, "name": "x"} for one in ids[(number - 1) * self.page : number * self.page]]
        return {"pageNumber": number, "pageSize": self.page, "pageCount": count, "itemList": rows}

    def counted(self) -> Counter[str]:
        return Counter(path.partition("?")[0] for path in self.asked)


def send(handler: BaseHTTPRequestHandler, content: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in ({"Content-Length": str(len(content))} | headers).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


@contextmanager
def serving(catalogue: Catalogue) -> Iterator[Catalogue]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            catalogue.asked.append(self.path)
            if catalogue.always is not None and catalogue.always(self):
                return
            status, said = catalogue.answer(self.path)
            content = json.dumps(said).encode()
            trouble = catalogue.troubles.pop(0) if catalogue.troubles else None
            if trouble is not None:
                trouble(self, content)
            else:
                send(self, content, status)

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
    catalogue.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield catalogue
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, **headers: str) -> Trouble:
    return lambda handler, _content: send(handler, b"", code, **headers)


def cut_short(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    send(handler, content[: len(content) // 2], Content_Length=str(len(content)))


def broken(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    send(handler, content[:-2])
