"""What the next page says once after something was done, with the way back: a signed cookie of a minute."""

from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

COOKIE: Final = "sanottu"
_SALT: Final = "guidance.desk.said"
# Unit: seconds. A page that was never reached says nothing later.
KEPT: Final = 60


@dataclass(frozen=True, slots=True)
class Said:
    """One message: words, and the address of the undo or ""."""

    text: str
    undo: str = ""


def say(request: HttpRequest, response: HttpResponse, code: str, public_id: str) -> None:
    """Have the next page of this browser say something. Codes and ids only."""
    response.set_cookie(
        COOKIE,
        signing.dumps([code, public_id], salt=_SALT),
        max_age=KEPT,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def said_on(request: HttpRequest) -> Said | None:
    """Return what this page says."""
    try:
        read = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    code, public_id = read
    text, undo = _words().get(code, ("", ""))
    if not text:
        return None
    return Said(text, reverse(f"guidance:{undo}", args=[public_id]) if undo and public_id else "")


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Say it once."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Lax")


def _words() -> dict[str, tuple[str, str]]:
    return {
        "take": (gettext("Pyyntö on nyt sinulla."), "release"),
        "release": (gettext("Pyyntö on taas jonossa."), "take"),
        "answer": (gettext("Vastaus lähtee perheelle 10 sekunnin kuluttua."), "take-back"),
        "basket": (
            gettext("Kori lähtee perheelle 10 sekunnin kuluttua. Oma korisi on nyt tyhjä."),
            "take-back",
        ),
        "resolve": (gettext("Pyyntö on päätetty."), "reopen"),
        "reopen": (gettext("Pyyntö on taas auki ja jonossa."), ""),
        "gone": (gettext("Viesti ehti jo lähteä."), ""),
        "reached": (gettext("Yhteydenotto on kirjattu."), ""),
        "note": (gettext("Muistiinpano on tallessa."), ""),
        "check": (gettext("Arvio kiireellisyydestä on tallessa."), ""),
        "kind": (gettext("Pyynnön laji on vaihdettu."), ""),
        "wait": (gettext("Odotetaan perhettä. Lupauksen aika ei kulu."), ""),
        "assign": (gettext("Pyyntö on annettu tekijälle."), "unassign"),
        "unassign": (gettext("Antaminen on peruttu."), ""),
        "wait-limit": (gettext("Odotetaan perhettä. Lupauksen aika ei kulu, lain määräaika kuluu."), ""),
        "hand-over": (gettext("Pyyntö on siirretty toiseen yksikköön."), ""),
        "explain": (gettext("Ylityksen syy on kirjattu."), ""),
    }
