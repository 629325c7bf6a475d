"""Writes of Sotkanet. Each is a command: whole or not at all, with a log entry of ids and counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict as as_dict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import actors, time_source
from turvaverkko.core.commands import Subject, command, note
from turvaverkko.indicators.models import Figure, Indicator, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import SHOWN, Direction, NoteKind, Origin, Source, Status, key_of, year
from turvaverkko.indicators.sotkanet import policies, queries
from turvaverkko.indicators.sotkanet.answers import Garbled, Listed
from turvaverkko.indicators.sotkanet.models import (
    SotkanetFetch,
    SotkanetIndicator,
    SotkanetLink,
    SotkanetTitle,
)
from turvaverkko.indicators.sotkanet.rules import (
    FORMER_OF,
    LEAST_OF_CATALOGUE,
    TOLD_ONLY,
    Asked,
    Match,
    MatchKind,
    Reading,
    Told,
    Value,
    same_title,
)

SYSTEM: Final = actors.SystemActor("sotkanet")
# Unit: rows, reports. What is kept of reports.
ROWS_KEPT: Final = 200
FETCHES_KEPT: Final = 12
BATCH: Final = 500
HUNDREDTH: Final = Decimal("0.01")
REFUSED: Final = "refused"
OTHER_TITLE: Final = "other-title"
NOTE_CODE: Final = "sotkanet-link"
NOTE_TEXT: Final = {
    "text_fi": "Kytkentää Sotkanetin mittariin ei ole vielä tarkistanut toinen henkilö.",
    "text_sv": "Kopplingen till indikatorn i Sotkanet har ännu inte kontrollerats av en annan person.",
    "text_en": "Another person has not yet checked the link to the Sotkanet indicator.",
}


class CannotLink(ValueError):
    """The indicator cannot be linked so: it is gone from the source, worked out by us, or linked already."""


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """What an import of the catalogue did."""

    total: int
    new: int
    retitled: Sequence[tuple[int, str, str]]
    gone: int
    told: Sequence[Told] = field(default_factory=tuple)


@command("sotkanet.import_catalogue", allow=policies.is_system, sentence=_("Sotkanetin luettelo tuotiin"))
def import_catalogue(
    _actor: actors.SystemActor, listed: Sequence[Listed], told: Sequence[Told]
) -> CatalogueReport:
    """Bring the source's catalogue. A title that changed is remembered; what is gone stays, marked so.

    Raises:
        Garbled: it has so few indicators that it cannot be the catalogue.
    """
    now = time_source.now()
    known = dict(SotkanetIndicator.objects.values_list("pk", "title_fi"))
    there = SotkanetIndicator.objects.filter(gone_at__isnull=True)
    if len(listed) < there.count() * LEAST_OF_CATALOGUE:
        raise Garbled
    retitled = [
        (one.id, known[one.id], one.titles["fi"])
        for one in listed
        if one.id in known and known[one.id] != one.titles["fi"]
    ]
    SotkanetTitle.objects.bulk_create(
        [SotkanetTitle(of_id=number, title_fi=before, replaced_at=now) for number, before, _ in retitled]
    )
    rows = [
        SotkanetIndicator(
            id=one.id,
            title_fi=one.titles["fi"],
            title_sv=one.titles["sv"],
            title_en=one.titles["en"],
            organisation_fi=one.organisation,
            region_kinds=list(one.region_kinds),
            sexes=list(one.sexes),
            words=queries.words_of(one.titles["fi"]),
            fetched_at=now,
        )
        for one in listed
    ]
    names = [f.name for f in SotkanetIndicator._meta.concrete_fields if not f.primary_key]
    SotkanetIndicator.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
    )
    # What could not be read is not gone.
    gone = 0 if told else there.filter(fetched_at__lt=now).update(gone_at=now)
    new = sum(one.id not in known for one in listed)
    note(total=len(listed), new=new, retitled=len(retitled), gone=gone, refused=len(told))
    return CatalogueReport(len(listed), new, retitled, gone, tuple(told))


@command("sotkanet.match_regions", allow=policies.is_system, sentence=_("Sotkanetin alueet kohdistettiin"))
def match_regions(_actor: actors.SystemActor, matches: Sequence[Match]) -> int:
    """Write the source's numbers to our areas; return how many areas changed."""
    found = {one.area: one.region.id for one in matches if one.kind is MatchKind.MATCHED and one.region.id}
    former = {one.area: one.region.id for one in matches if one.kind is MatchKind.FORMER}
    changed = []
    for area in StatisticalArea.objects.filter(code__in=[*found, *former]):
        before = (area.sotkanet_id, area.former_sotkanet_id)
        area.sotkanet_id = found.get(area.code, area.sotkanet_id)
        known_former = FORMER_OF.get(area.sotkanet_id or 0) or area.former_sotkanet_id
        area.former_sotkanet_id = former.get(area.code, known_former)
        if before != (area.sotkanet_id, area.former_sotkanet_id):
            changed.append(area)
    # Numbers may change places: all are given up before any is taken.
    StatisticalArea.objects.filter(pk__in=[area.pk for area in changed]).update(sotkanet_id=None)
    StatisticalArea.objects.filter(sotkanet_id__in=found.values()).exclude(code__in=found).update(
        sotkanet_id=None
    )
    StatisticalArea.objects.bulk_update(changed, ["sotkanet_id", "former_sotkanet_id"], batch_size=BATCH)
    missing = sum(one.kind in {MatchKind.NO_AREA, MatchKind.CODE_DIFFERS} for one in matches)
    note(matched=len(found), changed=len(changed), unmatched=missing)
    return len(changed)


@command("sotkanet.take_figures", allow=policies.is_system, sentence=_("Sotkanetin luvut haettiin"))
def take_figures(
    _actor: actors.SystemActor, indicator: Indicator, asked: Asked, reading: Reading
) -> SotkanetFetch:
    """Take the figures of an answer. One that changed replaces the earlier, which stays as replaced.

    Raises:
        ValueError: a row of the answer was refused, so nothing of it may be taken.
    """
    if reading.is_refused:
        message = "Nothing is taken of an answer with a refused row."
        raise ValueError(message)
    now = time_source.now()
    before = {(one.area_id, one.period, one.group): one for one in _held(indicator)}
    new, replaced, same = [], [], 0
    for value in reading.values:
        figure = _figure(indicator, value)
        held = before.get((figure.area_id, figure.period, figure.group))
        if held is None:
            new.append(figure)
        elif (held.value, held.numerator) == (figure.value, figure.numerator):
            same += 1
        else:
            figure.status = Status.REVISED
            replaced.append(held.pk)
            new.append(figure)
    for start in range(0, len(replaced), BATCH):
        Figure.objects.filter(pk__in=replaced[start : start + BATCH]).update(status=Status.REPLACED)
    Figure.objects.bulk_create(new, batch_size=BATCH)
    _tried(indicator, trouble="", refreshed_at=now)
    taken = len(new) - len(replaced)
    note(subject=_subject(indicator), taken=taken, changed=len(replaced), same=same)
    return _report(indicator, asked, reading, taken=taken, changed=len(replaced), same=same)


@command(
    "sotkanet.note_trouble", allow=policies.is_system, sentence=_("Sotkanetin lukujen haku ei onnistunut")
)
def note_trouble(
    _actor: actors.SystemActor,
    indicator: Indicator,
    asked: Asked,
    trouble: str,
    reading: Reading | None = None,
) -> SotkanetFetch:
    """Write down that figures could not be fetched, and why. Those of before stay as they are."""
    _tried(indicator, trouble=trouble)
    note(subject=_subject(indicator), trouble=trouble)
    return _report(indicator, asked, reading or Reading(), trouble=trouble)


@command("sotkanet.link", allow=policies.may_link, sentence=_("Mittari kytkettiin Sotkanetin mittariin"))
def link(actor: object, indicator: Indicator, listed: SotkanetIndicator) -> Indicator:
    """Say that an indicator of ours is one of the source's. Another person has to check it.

    Raises:
        CannotLink: it is gone from the source, worked out from daily work, or linked to it already.
    """
    is_same = indicator.sotkanet_id == listed.pk and indicator.sotkanet_title_fi == listed.title_fi
    if listed.gone_at is not None or indicator.computed or is_same:
        raise CannotLink
    return _linked(actor, indicator, listed)


@command("sotkanet.add_indicator", allow=policies.may_link, sentence=_("Mittari lisättiin Sotkanetista"))
def add_indicator(
    actor: object, listed: SotkanetIndicator, *, name: str, unit: str, direction: Direction
) -> Indicator:
    """Make a new indicator of one of the source's, linked to it.

    Raises:
        CannotLink: it is gone from the source, or there is one made of it already.
    """
    code = f"sotkanet-{listed.pk}"
    if listed.gone_at is not None or Indicator.objects.filter(code=code).exists():
        raise CannotLink
    made = Indicator.objects.create(
        code=code,
        name_fi=name,
        name_sv=listed.title_sv[:200],
        name_en=listed.title_en[:200],
        unit_fi=unit,
        decimals=1,
        source=Source.SOTKANET,
        source_name_fi=f"Sotkanet, {listed.organisation_fi}"[:200],
        direction=direction,
    )
    return _linked(actor, made, listed)


@command("sotkanet.verify", allow=policies.may_verify, sentence=_("Kytkentä Sotkanetiin tarkistettiin"))
def verify(actor: object, indicator: Indicator) -> Indicator:
    """Check that the source's indicator is the one that is meant; who linked it cannot.

    Raises:
        PermissionDenied: the actor linked it.
        CannotLink: it is not linked, or the source's title is another now.
    """
    listed = queries.in_catalogue(indicator.sotkanet_id)
    if listed is None or not same_title(listed.title_fi, indicator.sotkanet_title_fi):
        raise CannotLink
    row = _link_row(indicator)
    who = actors.id_of(actor)
    if row.linked_by == who:
        raise PermissionDenied
    row.verified_by, row.verified_at = who, time_source.now()
    row.save(update_fields=["verified_by", "verified_at"])
    indicator.sotkanet_verified = True
    indicator.save(update_fields=["sotkanet_verified"])
    QualityNote.objects.filter(indicator=indicator, code=NOTE_CODE).delete()
    note(subject=_subject(indicator), number=listed.pk)
    return indicator


def _linked(actor: object, indicator: Indicator, listed: SotkanetIndicator) -> Indicator:
    if indicator.sotkanet_id not in {None, listed.pk}:
        # They were another indicator's: they stay, but tell nothing of this one.
        _held(indicator).update(status=Status.REPLACED)
    indicator.sotkanet_id, indicator.sotkanet_title_fi = listed.pk, listed.title_fi
    indicator.sotkanet_verified = False
    indicator.save(update_fields=["sotkanet_id", "sotkanet_title_fi", "sotkanet_verified"])
    SotkanetLink.objects.update_or_create(
        indicator=indicator,
        defaults={
            "linked_by": actors.id_of(actor),
            "linked_at": time_source.now(),
            "verified_by": "",
            "verified_at": None,
            "refreshed_at": None,
            "tried_at": None,
            "trouble": "",
        },
    )
    QualityNote.objects.update_or_create(
        indicator=indicator, code=NOTE_CODE, defaults={"kind": NoteKind.IDENTITY, **NOTE_TEXT}
    )
    note(subject=_subject(indicator), number=listed.pk)
    return indicator


def _held(indicator: Indicator) -> QuerySet[Figure]:
    """The fetched figures of an indicator that hold."""
    return Figure.objects.filter(
        indicator=indicator, origin=Origin.FETCHED, source_key="", status__in=sorted(SHOWN)
    )


def _figure(indicator: Indicator, value: Value) -> Figure:
    period = year(value.year)
    return Figure(
        indicator=indicator,
        area_id=value.area,
        period=key_of(period),
        period_kind=period.kind,
        period_start=period.start,
        period_end=period.end,
        group=value.group,
        value=value.value,
        numerator=None if value.absolute is None else value.absolute.quantize(HUNDREDTH),
        status=Status.FINAL,
        origin=Origin.FETCHED,
    )


def _link_row(indicator: Indicator) -> SotkanetLink:
    row, _is_new = SotkanetLink.objects.get_or_create(indicator=indicator)
    return row


def _tried(indicator: Indicator, **fields: object) -> None:
    row = _link_row(indicator)
    SotkanetLink.objects.filter(pk=row.pk).update(tried_at=time_source.now(), **fields)


def _report(
    indicator: Indicator,
    asked: Asked,
    reading: Reading,
    *,
    trouble: str = "",
    taken: int = 0,
    changed: int = 0,
    same: int = 0,
) -> SotkanetFetch:
    # What refused the answer comes first: it is what a person has to look at.
    told = sorted(reading.told, key=lambda one: (one.kind in TOLD_ONLY, one.row))
    made = SotkanetFetch.objects.create(
        indicator=indicator,
        first_year=min(asked.years),
        last_year=max(asked.years),
        trouble=trouble,
        taken=taken,
        changed=changed,
        same=same,
        counts=dict(Counter(one.kind.value for one in told)),
        rows=[as_dict(one) for one in told[:ROWS_KEPT]],
    )
    kept = SotkanetFetch.objects.filter(indicator=indicator).values_list("pk", flat=True)[:FETCHES_KEPT]
    SotkanetFetch.objects.filter(indicator=indicator).exclude(pk__in=list(kept)).delete()
    return made


def _subject(indicator: Indicator) -> Subject:
    return Subject("indicators.indicator", str(indicator.pk))
