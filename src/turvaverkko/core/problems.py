"""Refusals in one form: a problem document (RFC 9457) for programs, the same words on a page for people.

A problem tells what cannot be done and what to do instead. It carries codes, never what anybody wrote.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import get_language, gettext

from turvaverkko.core.replay import BadIdempotencyKey, IdempotencyConflict
from turvaverkko.core.states import IllegalMove

MEDIA_TYPE: Final = "application/problem+json"
# A name, not an address: the meaning does not move when a site does.
TYPE_PREFIX: Final = "urn:turvaverkko:problem:"


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal.

    Attributes:
        code: its lasting name, such as "illegal-move".
        status: the HTTP status.
        title: one short sentence in the reader's language.
        detail: what to do next, in the reader's language.
        members: further members of the document; codes only.
    """

    code: str
    status: int
    title: str
    detail: str
    members: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """Return the members of the problem document."""
        return {
            "type": f"{TYPE_PREFIX}{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.members,
        }

    def response(self) -> JsonResponse:
        """Return the problem document as a response in the reader's language."""
        response = JsonResponse(
            self.document(),
            status=self.status,
            content_type=MEDIA_TYPE,
            json_dumps_params={"ensure_ascii": False},
        )
        response.headers["Content-Language"] = get_language() or "fi"
        response.headers["Cache-Control"] = "no-store"
        return response


def _illegal_move(error: IllegalMove) -> Problem:
    return Problem(
        code="illegal-move",
        status=409,
        title=gettext("Tilanne on jo muuttunut."),
        detail=gettext("Joku muu ehti ensin. Päivitä sivu, niin näet nykyisen tilanteen."),
        members={"state": error.state, "action": error.action},
    )


def _key_conflict(_error: IdempotencyConflict) -> Problem:
    return Problem(
        code="idempotency-conflict",
        status=422,
        title=gettext("Lähetys on jo tehty toisella sisällöllä."),
        detail=gettext("Avaa sivu uudelleen ja lähetä tiedot sieltä."),
    )


def _bad_key(_error: BadIdempotencyKey) -> Problem:
    return Problem(
        code="bad-idempotency-key",
        status=400,
        title=gettext("Lähetyksen tunnus on väärän muotoinen."),
        detail=gettext("Tunnuksessa on 8–100 kirjainta, numeroa, väliviivaa tai alaviivaa."),
    )


def _denied(_error: PermissionDenied) -> Problem:
    return Problem(
        code="permission-denied",
        status=403,
        title=gettext("Tähän ei ole oikeutta."),
        detail=gettext("Jos tarvitset tätä työssäsi, pyydä oikeutta yksikkösi esihenkilöltä."),
    )


def _not_found(_error: Exception) -> Problem:
    return Problem(
        code="not-found",
        status=404,
        title=gettext("Sivua ei löydy."),
        detail=gettext("Tarkista osoite tai aloita etusivulta."),
    )


def _too_big(_error: RequestDataTooBig) -> Problem:
    return Problem(
        code="too-big",
        status=413,
        title=gettext("Lähetys on liian suuri."),
        detail=gettext("Lähetä vähemmän kerralla."),
    )


def _bad_request(_error: BadRequest) -> Problem:
    return Problem(
        code="bad-request",
        status=400,
        title=gettext("Pyyntöä ei voi lukea."),
        detail=gettext("Avaa sivu uudelleen ja yritä uudestaan."),
    )


def _no_database(_error: Exception) -> Problem:
    return Problem(
        code="no-database",
        status=503,
        title=gettext("Emme saa juuri nyt mitään talteen."),
        detail=gettext("Vika on meidän, ei sinun. Yritä muutaman minuutin päästä uudelleen."),
    )


# The first type that fits decides; the order is from the special to the general.
_MAKERS: Final[tuple[tuple[type[Exception], Callable[..., Problem]], ...]] = (
    (IllegalMove, _illegal_move),
    (IdempotencyConflict, _key_conflict),
    (BadIdempotencyKey, _bad_key),
    (PermissionDenied, _denied),
    (Http404, _not_found),
    (ObjectDoesNotExist, _not_found),
    (RequestDataTooBig, _too_big),
    (BadRequest, _bad_request),
    (OperationalError, _no_database),
    (InterfaceError, _no_database),
)
# SQLite calls also a mistake in our own SQL an operational error: that is a fault, not an absence.
_OWN_MISTAKE: Final = "SQLITE_ERROR"


def problem_of(error: Exception) -> Problem | None:
    """Return the problem that an exception is, in the reader's language; None when it is a fault of ours."""
    if database_code(error) == _OWN_MISTAKE:
        return None
    for kind, make in _MAKERS:
        if isinstance(error, kind):
            return make(error)
    return None


def wrong_method() -> Problem:
    """Return the problem of an address to which something is only sent, or from which it is only read."""
    return Problem(
        code="method-not-allowed",
        status=405,
        title=gettext("Tätä osoitetta ei voi avata suoraan."),
        detail=gettext("Mitään ei muuttunut. Palaa sivulle, jolta olit lähettämässä."),
    )


def database_code(error: Exception) -> str:
    """Return the database's own short code of an error, without its message; "" when it has none."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None) or ""


def wants_document(request: HttpRequest) -> bool:
    """Tell whether the reader is a program: it accepts JSON and prefers it to a page."""
    preferred = request.get_preferred_type(["text/html", MEDIA_TYPE, "application/json"])
    return preferred in {MEDIA_TYPE, "application/json"}
