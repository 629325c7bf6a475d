"""What of a report tells how far its figures can be trusted: notes on quality, what is missing, sources."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, pgettext

from turvaverkko.evaluation.queries import Line
from turvaverkko.evaluation.reports.queries import Material
from turvaverkko.indicators.api import Figure, Indicator, QualityNote, period_words, unit_words
from turvaverkko.indicators.page_api import note_words
from turvaverkko.indicators.rules_api import NoteKind
from turvaverkko.indicators.words import NOTES, ORIGINS, day_words, source_words
from turvaverkko.looks.api import Cell, Table


@dataclass(frozen=True, slots=True)
class QualityLine:
    """What is wrong with figures: of which indicators, what kind, since when, in words."""

    indicators: str
    kind: str
    text: str
    lang: str


def quality_lines(codes: Iterable[str], material: Material) -> list[QualityLine]:
    """Return the notes on the quality of indicators; what is said of several is said once."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for code in codes:
        for note in material.quality.get(code, []):
            kind = f"{NOTES[note.kind]} {day_words(note.at)}" if note.at else str(NOTES[note.kind])
            said = (kind, note_words(note), _language_of(note))
            found.setdefault(said, []).append(material.definitions[code].name)
    return [QualityLine(listed(names), *said) for said, names in found.items()]


def _language_of(note: QualityNote) -> str:
    language = get_language() or "fi"
    return language if getattr(note, f"text_{language}", "") else "fi"


def counts_of(of: Iterable[Sequence[QualityNote]]) -> list[str]:
    """Return how many indicators have notes of each kind."""
    counts = Counter(kind for notes in of for kind in {note.kind for note in notes})
    return [
        gettext("%(kind)s: mittareita %(number)s") % {"kind": NOTES[kind], "number": counts[kind]}
        for kind in NoteKind
        if counts[kind]
    ]


def silent(lines: Iterable[Line]) -> list[str]:
    """Return the indicators of which the round has no new figure."""
    told = {one.indicator.code for line in lines for one in line.standings if one.latest is not None}
    rest = {one.indicator.code: one.indicator.name for line in lines for one in line.standings}
    return [name for code, name in rest.items() if code not in told]


def sources_table(material: Material) -> Table | None:
    """Return how the figures came: source, origin, times, what is counted; of a short one sources only."""
    came = _came(material.lines)
    if not came:
        return None
    if material.choice.is_short:
        counts = Counter(_source(material.definitions.get(code)) for code in came)
        head = [gettext("Lähde"), gettext("Mittareita")]
        rows = [[source, str(number)] for source, number in sorted(counts.items())]
    else:
        head = [
            gettext("Mittari"),
            gettext("Lähde"),
            gettext("Miten luku on saatu"),
            gettext("Ajat"),
            gettext("Mitä lasketaan"),
        ]
        rows = [_source_row(one, material.definitions.get(code)) for code, one in came.items()]
    return Table(
        gettext("Mittarien lähteet"),
        [Cell(text) for text in head],
        [[Cell(text) for text in row] for row in rows],
    )


def _source_row(one: "_Came", defined: Indicator | None) -> list[str]:
    return [
        f"{one.indicator.name}, {unit_words(one.indicator)}",
        _source(defined),
        listed(dict.fromkeys(str(ORIGINS[known.origin]) for known in one.figures)) or "–",
        listed(dict.fromkeys(period_words(known) for known in one.figures)) or "–",
        _counted(defined),
    ]


def _source(defined: Indicator | None) -> str:
    return source_words(defined) if defined else gettext("määritelmä on poistunut")


@dataclass(frozen=True, slots=True)
class _Came:
    """The figures of an indicator that a report tells."""

    indicator: Indicator
    figures: list[Figure]


def _came(lines: Iterable[Line]) -> dict[str, _Came]:
    found: dict[str, _Came] = {}
    for line in lines:
        for one in line.standings:
            told = [known for known in (one.earlier, one.latest) if known is not None]
            found.setdefault(one.indicator.code, _Came(one.indicator, [])).figures.extend(told)
    return found


def _counted(defined: Indicator | None) -> str:
    if defined is None:
        return "–"
    parts = [one for one in (defined.numerator_fi, defined.denominator_fi) if one]
    return " / ".join(parts) or gettext("Lähde ei kerro.")


def listed(of: Iterable[str]) -> str:
    """Return names one after another."""
    return f"{pgettext('luettelossa', ',')} ".join(of)
