"""Reads of Sotkanet: the search in its catalogue, what is linked, what is due."""

import re
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import Stemmer
from django.db.models import F, Prefetch, Q, QuerySet

from turvaverkko.core import time_source
from turvaverkko.indicators.models import Indicator, StatisticalArea
from turvaverkko.indicators.rules import AreaKind
from turvaverkko.indicators.sotkanet.models import SotkanetFetch, SotkanetIndicator, SotkanetLink
from turvaverkko.indicators.sotkanet.rules import KnownArea, folded

# Unit: words of a search. More say nothing more of a title.
MOST_WORDS: Final = 8
# A linked indicator is fetched anew after this; one that failed is tried on the next day.
REFRESHED_EVERY: Final = timedelta(days=30)
TRIED_EVERY: Final = timedelta(hours=20)
# The source is asked for its catalogue at most this often.
CATALOGUE_EVERY: Final = timedelta(days=1)
# Unit: reports of one indicator.
FETCHES_SHOWN: Final = 5
# Unit: letters. A shorter stem without its end would mean too much.
LONG_STEM: Final = 8
_stemmers: Final = threading.local()


def words_of(text: str) -> str:
    """Return the words of a text with their stems, each after a space: what the search looks in."""
    words = _words(text)
    return " ".join(["", *dict.fromkeys([*words, *_stems(words)])])


def search(text: str) -> tuple[QuerySet[SotkanetIndicator], bool]:
    """Return the indicators of the catalogue that a person's words mean, and whether all words agree.

    A number is the source's own number. Without an indicator of all words, those of any word are returned.
    """
    words = _words(text)[:MOST_WORDS]
    there = SotkanetIndicator.objects.filter(gone_at__isnull=True)
    if not words:
        return there.none(), True
    if len(words) == 1 and words[0].isdigit() and len(words[0]) <= 9:
        return there.filter(Q(pk=int(words[0])) | Q(words__contains=f" {words[0]}")), True
    # A stem may begin a word or stand inside a compound.
    conditions = [Q(words__contains=_grade(stem)) for stem in _stems(words)]
    all_of, any_of = Q(), Q()
    for condition in conditions:
        all_of &= condition
        any_of |= condition
    found = there.filter(all_of).order_by("title_fi")
    return (found, True) if found.exists() else (there.filter(any_of).order_by("title_fi"), False)


def in_catalogue(number: int | None) -> SotkanetIndicator | None:
    """Return an indicator of the catalogue."""
    return SotkanetIndicator.objects.filter(pk=number).first() if number is not None else None


def titles_now(numbers: Sequence[int]) -> dict[int, str]:
    """Return the source's titles of today by its numbers."""
    return dict(SotkanetIndicator.objects.filter(pk__in=numbers).values_list("pk", "title_fi"))


def catalogue_fetched_at() -> datetime | None:
    """Return when the catalogue was last fetched."""
    return SotkanetIndicator.objects.order_by("-fetched_at").values_list("fetched_at", flat=True).first()


def is_catalogue_old() -> bool:
    """Tell whether the source may be asked for its catalogue again."""
    fetched_at = catalogue_fetched_at()
    return fetched_at is None or fetched_at < time_source.now() - CATALOGUE_EVERY


def linked(number: int | None = None) -> QuerySet[Indicator]:
    """Return the indicators of ours that are linked to the source (to one number of it)."""
    wanted = Q(sotkanet_id__isnull=False) if number is None else Q(sotkanet_id=number)
    return Indicator.objects.filter(wanted).select_related("sotkanet_link")


def due() -> list[Indicator]:
    """Return the linked indicators whose figures are to be fetched now, the longest waiting first."""
    now = time_source.now()
    untried = Q(sotkanet_link__tried_at__isnull=True) | Q(sotkanet_link__tried_at__lt=now - TRIED_EVERY)
    old = Q(sotkanet_link__refreshed_at__isnull=True) | Q(
        sotkanet_link__refreshed_at__lt=now - REFRESHED_EVERY
    )
    holds = Q(valid_to__isnull=True) | Q(valid_to__gte=time_source.today())
    longest_first = F("sotkanet_link__tried_at").asc(nulls_first=True)
    return list(linked().filter(untried & old & holds).order_by(longest_first, "pk"))


def can_be_linked() -> QuerySet[Indicator]:
    """Return the indicators of ours that a coordinator may link: all but those worked out from daily work."""
    holds = Q(valid_to__isnull=True) | Q(valid_to__gte=time_source.today())
    return Indicator.objects.filter(holds, computed="").order_by("name_fi")


def indicator(pk: str | int) -> Indicator | None:
    """Return an indicator of ours by its key; None for anything else."""
    text = str(pk)
    return Indicator.objects.filter(pk=int(text)).first() if re.fullmatch("[0-9]{1,9}", text) else None


def link_of(of: Indicator) -> SotkanetLink | None:
    """Return who linked and checked an indicator."""
    return SotkanetLink.objects.filter(indicator=of).first()


def latest_fetches(indicators: Sequence[Indicator]) -> Mapping[int, list[SotkanetFetch]]:
    """Return the last reports of each indicator by its key, the newest first."""
    found: dict[int, list[SotkanetFetch]] = {}
    rows = SotkanetFetch.objects.filter(indicator__in=indicators)
    for one in rows:
        mine = found.setdefault(one.indicator_id, [])
        if len(mine) < FETCHES_SHOWN:
            mine.append(one)
    return found


def with_former_titles(number: int) -> SotkanetIndicator | None:
    """Return an indicator of the catalogue with the titles it had before."""
    return SotkanetIndicator.objects.filter(pk=number).prefetch_related(Prefetch("former_titles")).first()


def areas_by_region() -> dict[int, int]:
    """Return the key of our area by the source's number of its region, former numbers too."""
    found: dict[int, int] = {}
    rows = StatisticalArea.objects.values_list("pk", "sotkanet_id", "former_sotkanet_id")
    for pk, now, before in rows:
        found |= {number: pk for number in (before, now) if number is not None}
    return found


def known_areas() -> list[KnownArea]:
    """Return our areas as `rules.match` takes them."""
    rows = StatisticalArea.objects.values_list("code", "kind", "name_fi").order_by("pk")
    return [KnownArea(code, AreaKind(kind), name) for code, kind, name in rows]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))


def _grade(stem: str) -> str:
    """A long stem without its last two letters: they change as the word bends ("käynti", "käynnit")."""
    return stem[:-2] if len(stem) >= LONG_STEM else stem


def _stems(words: Sequence[str]) -> list[str]:
    # Each thread has its own: the C object keeps state while it works.
    stemmer = getattr(_stemmers, "finnish", None)
    if stemmer is None:
        stemmer = _stemmers.finnish = Stemmer.Stemmer("finnish")
    return [str(stem) for stem in stemmer.stemWords(list(words))]
