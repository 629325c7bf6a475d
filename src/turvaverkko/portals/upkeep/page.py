"""What the template of the page needs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.core.jobs import Pulse, pulse
from turvaverkko.looks.api import Chip, Fact, Option, Pages, page_links
from turvaverkko.looks.words import moment_words
from turvaverkko.portals.upkeep import queries, rules, words
from turvaverkko.portals.upkeep.queries import Counted, Kind, Letter
from turvaverkko.portals.upkeep.rules import Source

ADDRESS: Final = "upkeep:stopped"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address or a form asks for: the kind that is shown, a page of it, what was just done.

    Attributes:
        kind: as text; "" for all.
        page: from 1.
        done: code of what was done, with how many.
        number: how many it was done to.
        fault: public id of the one that cannot be put aside without a reason.
    """

    kind: str = ""
    page: int = 1
    done: str = ""
    number: int = 0
    fault: str = ""

    def url(self, **changes: str | int) -> str:
        """Return the address of the same list with some of it changed."""
        given = {"laji": self.kind, "sivu": self.page if self.page > 1 else ""} | changes
        query = {name: value for name, value in given.items() if value}
        return f"{reverse(ADDRESS)}?{urlencode(query)}" if query else reverse(ADDRESS)


@dataclass(frozen=True, slots=True)
class Line:
    """One stopped job or letter in words.

    Attributes:
        code: the task in parts between which a line may break; empty for a letter.
    """

    source: str
    id: str
    title: str
    code: Sequence[str]
    channel: str
    cause: str
    began: datetime
    ended: datetime
    attempts: int
    is_job: bool
    is_faulty: bool


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind in words."""

    code: str
    title: str
    number: int
    oldest: datetime
    url: str
    current: bool


def context(asked: Asked) -> dict[str, Any]:
    """Return everything the page shows; the number of queries does not depend on how much has stopped."""
    counted = queries.kinds()
    chosen = next((one.kind for one in counted if str(one.kind) == asked.kind), None)
    total = sum(one.number for one in counted if chosen in {None, one.kind})
    last = max(1, math.ceil(total / rules.PAGE))
    shown = Asked(str(chosen or ""), min(asked.page, last))
    return {
        **_summary(counted, pulse()),
        "said": said(asked),
        "kinds": [_kind_line(one, chosen, shown) for one in counted],
        "chips": [Chip(words.kind_words(chosen), shown.url(laji="", sivu=""))] if chosen else [],
        "lines": [_line(one, asked.fault) for one in queries.stopped(chosen, shown.page)],
        "reasons": [
            Option("", gettext("Valitse")),
            *(Option(code, str(words.REASONS[code])) for code in rules.REASONS),
        ],
        "pages": _pages(shown, last),
        "kind": shown.kind,
        "page": shown.page,
        "total": total,
        "is_faulty": bool(asked.fault),
    }


def said(asked: Asked) -> str:
    """Return what was just done, in words; empty for anything else in the address."""
    told = {
        "uudelleen": gettext("Pantiin uudelleen jonoon."),
        "kaikki": gettext("Pantu uudelleen jonoon: %(number)s.") % {"number": asked.number},
        "sivuun": gettext("Siirrettiin sivuun. Syy on lokissa."),
        "ei-enaa": gettext("Tämä oli jo hoidettu. Mitään ei muuttunut."),
    }
    return told.get(asked.done, "")


def _summary(counted: Sequence[Counted], beat: Pulse) -> dict[str, Any]:
    by_source = {source: sum(one.number for one in counted if one.kind.source is source) for source in Source}
    now = time_source.now()
    light = rules.light(
        stopped=sum(by_source.values()), oldest_due=beat.oldest_due, seen_at=beat.seen_at, now=now
    )
    none = gettext("ei mitään")
    waits = (
        format_html(gettext("vanhin {moment}"), moment=moment_words(beat.oldest_due))
        if beat.oldest_due
        else ""
    )
    facts = [
        Fact(gettext("Pysähtyneitä töitä"), str(by_source[Source.JOB])),
        Fact(gettext("Pysähtyneitä ilmoituksia"), str(by_source[Source.NOTICE])),
        Fact(
            gettext("Vanhin pysähtynyt"),
            moment_words(min(one.oldest for one in counted)) if counted else none,
        ),
        Fact(gettext("Vuoroaan odottavia töitä"), str(beat.due), note=waits),
        Fact(
            gettext("Taustaprosessi nähty viimeksi"),
            moment_words(beat.seen_at) if beat.seen_at else gettext("ei kertaakaan"),
        ),
    ]
    return {"light": words.light_words(light), "facts": facts}


def _kind_line(one: Counted, chosen: Kind | None, shown: Asked) -> KindLine:
    return KindLine(
        code=str(one.kind),
        title=words.kind_words(one.kind),
        number=one.number,
        oldest=one.oldest,
        url=shown.url(laji=str(one.kind), sivu=""),
        current=one.kind == chosen,
    )


def _line(one: Letter, fault: str) -> Line:
    is_job = one.kind.source is Source.JOB
    return Line(
        source=one.kind.source.value,
        id=one.id,
        title=words.kind_words(one.kind),
        code=rules.code_of(one.kind.name).split(".") if is_job else (),
        channel=words.channel_words(one.channel),
        cause=words.cause_words(one.kind.source, one.cause),
        began=one.began,
        ended=one.ended,
        attempts=one.attempts,
        is_job=is_job,
        is_faulty=one.id == fault,
    )


def _pages(shown: Asked, last: int) -> Pages | None:
    return (
        page_links(shown.page, last, lambda number: shown.url(sivu=number if number > 1 else ""))
        if last > 1
        else None
    )
