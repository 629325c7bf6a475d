"""Fetching: asks the source and hands what it said to the commands. Never inside a request."""

from collections.abc import Sequence
from typing import Final

from turvaverkko.core import time_source
from turvaverkko.indicators.models import Indicator
from turvaverkko.indicators.sotkanet import answers, queries, rules, services
from turvaverkko.indicators.sotkanet.answers import Garbled
from turvaverkko.indicators.sotkanet.client import Client, NoAnswer, Trouble, client
from turvaverkko.indicators.sotkanet.models import SotkanetFetch
from turvaverkko.indicators.sotkanet.rules import Asked, Match
from turvaverkko.indicators.sotkanet.services import SYSTEM, CatalogueReport

# Unit: years with the present one. So many are asked for at each fetch: the source corrects old figures too.
YEARS: Final = 15
# The source as a whole is down: the others are not asked for in vain.
DOWN: Final = frozenset({Trouble.UNREACHABLE, Trouble.SLOW, Trouble.FORBIDDEN, Trouble.BUSY})


def fetch_catalogue(source: Client | None = None) -> CatalogueReport:
    """Bring the catalogue.

    Raises:
        NoAnswer: the source gave none.
        Garbled: what it gave is none; nothing was changed.
    """
    listed, told = answers.catalogue((source or client()).indicators())
    return services.import_catalogue(SYSTEM, listed, told)


def fetch_regions(source: Client | None = None) -> list[Match]:
    """Find the areas of the source's regions and write their numbers down; return what became of each.

    Raises:
        NoAnswer: the source gave none.
        Garbled: what it gave are no regions; nothing was changed.
    """
    regions, bad = answers.regions((source or client()).regions())
    matches = [*rules.match(regions, queries.known_areas()), *bad]
    services.match_regions(SYSTEM, matches)
    return matches


def fetch_figures(
    indicator: Indicator,
    years: Sequence[int] = (),
    *,
    form: str = "json",
    source: Client | None = None,
) -> SotkanetFetch:
    """Bring the figures of one indicator; what came of it is written down, success or not.

    The title of the catalogue has to be the one by which the number was chosen.

    Raises:
        ValueError: the indicator is not linked to the source.
    """
    if indicator.sotkanet_id is None:
        message = f"Indicator {indicator.code} is not linked to Sotkanet."
        raise ValueError(message)
    listed = queries.in_catalogue(indicator.sotkanet_id)
    offered = (listed.sexes if listed else None) or ["total"]
    sexes = ["total"] if "total" in offered else [one for one in offered if one in rules.GROUPS]
    asked = Asked(indicator.sotkanet_id, tuple(years) or _years(), tuple(sexes))
    if listed is None or not rules.same_title(listed.title_fi, indicator.sotkanet_title_fi):
        return services.note_trouble(SYSTEM, indicator, asked, services.OTHER_TITLE)
    try:
        content = (source or client()).data(asked.indicator, sorted(asked.years), sexes, form)
        rows = answers.rows_of_csv(content) if form == "csv" else answers.rows_of_json(content)
    except NoAnswer as fault:
        return services.note_trouble(SYSTEM, indicator, asked, fault.trouble)
    except Garbled:
        return services.note_trouble(SYSTEM, indicator, asked, Trouble.GARBLED)
    reading = rules.read_rows(rows, asked, queries.areas_by_region())
    if reading.is_refused:
        return services.note_trouble(SYSTEM, indicator, asked, services.REFUSED, reading)
    return services.take_figures(SYSTEM, indicator, asked, reading)


def refresh_due(source: Client | None = None) -> list[SotkanetFetch]:
    """Fetch what is due. Where the source is down, each indicator gets a note and keeps its figures."""
    asked = source or client()
    due = queries.due() if asked.address else []
    if not due:
        return []
    trouble = _renewed(asked)
    done: list[SotkanetFetch] = []
    for indicator in due:
        if trouble:
            done.append(services.note_trouble(SYSTEM, indicator, _all_years(indicator), trouble))
            continue
        done.append(fetch_figures(indicator, source=asked))
        trouble = done[-1].trouble if done[-1].trouble in DOWN else ""
    return done


def _renewed(source: Client) -> str:
    """Bring catalogue and regions where they are old; return the trouble, "" when all went well."""
    if not queries.is_catalogue_old():
        return ""
    try:
        fetch_catalogue(source)
        fetch_regions(source)
    except NoAnswer as fault:
        return fault.trouble
    except Garbled:
        return Trouble.GARBLED
    return ""


def _years() -> tuple[int, ...]:
    this = time_source.today().year
    return tuple(range(this - YEARS + 1, this + 1))


def _all_years(indicator: Indicator) -> Asked:
    return Asked(indicator.sotkanet_id or 0, _years())


def is_on() -> bool:
    """Tell whether the settings name a source."""
    return bool(client().address)
