"""The first reader of a new process need not wait: it asks itself for a page of each kind at its start.

That loads the search index and the thesaurus; the templates are compiled before. It happens beside the
readers' requests, in a thread of its own, and quietly leaves everything as it is when nothing is loaded yet.
"""

import io
import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections
from django.template import engines
from django.template.backends.jinja2 import Jinja2

log = logging.getLogger(__name__)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# In the order in which readers come: the front page, a search, a list, the places.
ROUTES: Final = ("/", "/palvelut/?q=neuvola", "/palvelut/", "/paikat/", "/kiireellinen-apu/")


def begin(application: Application) -> threading.Thread:
    """Warm the process in the background."""
    thread = threading.Thread(target=_in_background, args=(application,), name="warming", daemon=True)
    thread.start()
    return thread


def warm(application: Application) -> int:
    """Ask for a page of each kind; return how many were asked for."""
    compile_templates()
    try:
        if not apps.get_model("directory", "Service").objects.exists():
            return 0
        for route in ROUTES:
            _ask(application, route)
    except DatabaseError:
        log.info("Nothing to warm: the database is not ready.")
        return 0
    else:
        return len(ROUTES)


def compile_templates() -> int:
    """Compile every page and component, a third of a second of work in all; return how many there are."""
    pages = cast("Jinja2", engines["jinja2"]).env
    names = pages.list_templates()
    for name in names:
        pages.get_template(name)
    return len(names)


def _in_background(application: Application) -> None:
    try:
        warm(application)
    finally:
        connections.close_all()  # those of this thread, which ends here


def _ask(application: Application, route: str) -> None:
    path, _, query = route.partition("?")
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    answer = application(environ, lambda *_: None)
    try:
        b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
