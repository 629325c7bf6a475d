"""Which notices there are, and the few facts each may tell: moments and days, nothing that a person wrote.

The list is closed and lives here, so that one reader can see that no notice tells what it is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class FactNotAllowed(ValueError):
    """A template was given what it may not tell; the error names the template only."""


class Page(StrEnum):
    """Where to read what is not in the notice. An address opens nothing that is a family's."""

    FRONT = "front"
    STATUS = "status"
    WORK = "work"
    LISTINGS = "listings"
    # Of an organisation, not of a family: opened by the link of the notice, without signing in.
    CONFIRM = "confirm"
    JOIN = "join"
    SIGN_IN = "sign-in"


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of notice.

    Attributes:
        code: its name in the outbox.
        lead: says that there is something; also the subject.
        page: where.
        facts: what may be told, each a day or a moment, with the sentence that tells it.
    """

    code: str
    lead: "str | _StrPromise"
    page: Page
    facts: Mapping[str, "str | _StrPromise"] = field(default_factory=dict)


# What a discreet notice says, whatever its template: neither service nor kind nor date.
DISCREET: Final = Template("discreet", _("Sinulle on uusi ilmoitus."), Page.FRONT)

_ALL: Final = (
    Template(
        "received",
        _("Viestisi on saapunut."),
        Page.STATUS,
        {"promised_by": _("Vastaamme viimeistään %(day)s kello %(time)s.")},
    ),
    Template("to-read", _("Sinulle on uutta luettavaa."), Page.STATUS),
    Template(
        "answer-awaited",
        _("Odotamme sinulta vastausta."),
        Page.STATUS,
        {"answer_by": _("Vastaa viimeistään %(day)s.")},
    ),
    Template(
        "join-received",
        _("Liittymispyyntönne on saapunut."),
        Page.JOIN,
        {"promised_by": _("Vastaamme viimeistään %(day)s kello %(time)s.")},
    ),
    Template("join-answered", _("Liittymispyyntöönne on vastattu."), Page.JOIN),
    Template(
        "sign-in-link", _("Tässä on kirjautumislinkkisi. Se käy kerran, puolen tunnin ajan."), Page.SIGN_IN
    ),
    Template("listing-answered", _("Tarkistettavaksi lähettämäsi tapahtuma on käsitelty."), Page.LISTINGS),
    Template("work-waiting", _("Työjonossasi on asia, joka odottaa sinua."), Page.WORK),
    Template(
        "listings-due",
        _("Julkaistujen tietojenne tarkistusaika lähestyy."),
        Page.CONFIRM,
        {"check_by": _("Vahvista tiedot viimeistään %(day)s.")},
    ),
    Template(
        "listings-late",
        _("Julkaistujen tietojenne tarkistusaika on ohi."),
        Page.CONFIRM,
        {"link_until": _("Linkki toimii %(day)s asti.")},
    ),
)
TEMPLATES: Final[dict[str, Template]] = {template.code: template for template in _ALL}


def checked(code: str, facts: Mapping[str, date | datetime]) -> dict[str, str]:
    """Return the facts as the outbox keeps them.

    Raises:
        FactNotAllowed: there is no such template, it may not tell such a fact, or the fact is no date.
    """
    template = TEMPLATES.get(code)
    if template is None or not set(facts) <= set(template.facts):
        raise FactNotAllowed(template.code if template else "no such template")
    return {name: _written(code, value) for name, value in facts.items()}


def read(kept: str) -> date | datetime:
    """Return a fact as it was given; a moment in Finnish time."""
    if "T" not in kept:
        return date.fromisoformat(kept)
    return time_source.to_local(datetime.fromisoformat(kept))


def _written(code: str, value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise FactNotAllowed(code)
