"""What is wrong with what is published, by kind of fault. A constant number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, pgettext

from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.models import Channel, Connection, HoursRow, Text
from turvaverkko.directory.presenting import language_name
from turvaverkko.directory.provenance import LAYER_WORDS
from turvaverkko.directory.staying import addresses, standing
from turvaverkko.directory.staying.models import About, SelfHelpLink, WebAddress
from turvaverkko.directory.staying.phones import PhoneFault, fault_of
from turvaverkko.directory.staying.rules import LinkState, Outcome, Stage
from turvaverkko.directory.staying.standing import Standing

# In which languages texts of the county are expected. Source: the languages of the national catalogue.
EXPECTED: Final = ("fi", "sv", "en")
_LAYERS: Final = ("county", "area", "municipality")
_OWN: Final = ""
# Channels that people come to or call: of them one asks when.
_WITH_HOURS: Final = (Channel.Type.PHONE, Channel.Type.LOCATION)
KINDS: Final = {
    "vanhentuneet": gettext_lazy("Vahvistusaika on ohi"),
    "vastaamatta": gettext_lazy("Muistutettu, ei vastausta"),
    "vahvistamatta": gettext_lazy("Ei koskaan vahvistettu"),
    "kielet": gettext_lazy("Kieliä puuttuu"),
    "esteettomyys": gettext_lazy("Esteettömyydestä ei kerrota"),
    "ajat": gettext_lazy("Aukioloaikoja ei ole"),
    "linkit": gettext_lazy("Linkki ei toimi"),
    "numerot": gettext_lazy("Puhelinnumero on virheellinen"),
    "ensikaynti": gettext_lazy("Ensimmäisestä käynnistä ei kerrota"),
}
PHONE_WORDS: Final = {
    PhoneFault.NO_NUMBER: gettext_lazy("ei ole puhelinnumero"),
    PhoneFault.TOO_SHORT: gettext_lazy("liian lyhyt"),
    PhoneFault.TOO_LONG: gettext_lazy("liian pitkä"),
    PhoneFault.UNKNOWN_AREA: gettext_lazy("tuntematon suunta tai operaattori"),
}
OUTCOME_WORDS: Final = {
    Outcome.GONE: gettext_lazy("sivua ei ole"),
    Outcome.BROKEN: gettext_lazy("sivusto on epäkunnossa"),
    Outcome.SLOW: gettext_lazy("sivusto ei vastaa ajoissa"),
    Outcome.UNREACHABLE: gettext_lazy("sivustoa ei löydy"),
    Outcome.INSECURE: gettext_lazy("suojattu yhteys ei toimi"),
    Outcome.CIRCLES: gettext_lazy("ohjaukset kiertävät kehää"),
    Outcome.FORBIDDEN: gettext_lazy("ei ole julkinen verkko-osoite"),
}
Languages = Mapping[tuple[str, int], Mapping[str, Mapping[str, set[str]]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One listing with a fault, and what exactly."""

    listing: Standing
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything that is published, and what was found, by the codes of `KINDS`.

    Attributes:
        refused: how many addresses of the web let no machine look; nobody knows whether they work.
        unseen: how many the job has not looked at yet.
        self_help: names of the links of self-help that are dead.
    """

    listings: Sequence[Standing]
    found: Mapping[str, Sequence[Finding]]
    refused: int
    unseen: int
    self_help: Sequence[str]


def read() -> Quality:
    """Look at everything that is published. At most twenty queries."""
    listings = standing.everything()
    texts = _texts(listings)
    timed = _timed(listings)
    dead, refused, unseen = _links(listings)
    found: dict[str, list[Finding]] = {
        "vanhentuneet": _those(listings, lambda one: one.stage in (Stage.LATE, Stage.ESCALATED), _due_note),
        "vastaamatta": _those(listings, lambda one: one.stage is Stage.ESCALATED, _due_note),
        "vahvistamatta": _those(listings, lambda one: one.confirmed_on is None),
        "kielet": [Finding(one, note) for one in listings if (note := _missing(texts[one.about, one.pk]))],
        "esteettomyys": _those(listings, lambda one: _lacks(one, texts, Text.Kind.ACCESSIBILITY)),
        "ajat": _those(listings, lambda one: (one.about, one.pk) in timed),
        "linkit": dead,
        "numerot": _numbers(listings),
        "ensikaynti": _those(
            listings, lambda one: one.is_meeting_place and _lacks(one, texts, Text.Kind.FIRST_VISIT)
        ),
    }
    gone = SelfHelpLink.objects.filter(archived=False, is_dead=True)
    self_help = [name[SOURCE_LANGUAGE] for name in gone.values_list("name", flat=True)]
    return Quality(listings, found, refused, unseen, self_help)


def missing(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the expected languages that are not there.

    Examples:
        >>> missing({"fi", "ar"})
        ('sv', 'en')
    """
    present = set(languages)
    return tuple(code for code in EXPECTED if code not in present)


def _those(
    listings: Iterable[Standing],
    is_so: Callable[[Standing], bool],
    note: Callable[[Standing], str] = lambda _one: "",
) -> list[Finding]:
    return [Finding(one, note(one)) for one in listings if is_so(one)]


def _due_note(one: Standing) -> str:
    return gettext("piti vahvistaa %(day)s") % {"day": date_format(one.due, "DATE_FORMAT")} if one.due else ""


def _lacks(one: Standing, texts: Languages, kind: str) -> bool:
    """Tell whether a place says nothing of a kind in any language; only places are asked."""
    return one.about == About.PLACE and not texts[one.about, one.pk][_OWN].get(kind)


def _texts(listings: Iterable[Standing]) -> Languages:
    """Which languages there are of each kind of text, by listing and layer. One query."""
    wanted = Q(pk__in=[])
    keys: dict[str, list[int]] = defaultdict(list)
    for one in listings:
        keys[one.about].append(one.pk)
    for about, pks in keys.items():
        wanted |= Q(**{f"{about}__in": pks})
    columns = (*(f"{about}_id" for about in standing.MODELS), *(f"{layer}_id" for layer in _LAYERS))
    found: dict[tuple[str, int], dict[str, dict[str, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    texts = Text.objects.filter(wanted).exclude(mode=Text.Mode.HIDE)
    for kind, language, *ids in texts.values_list("kind", "language", *columns):
        owners, layers = ids[: len(standing.MODELS)], ids[len(standing.MODELS) :]
        owner = next((str(a), pk) for a, pk in zip(standing.MODELS, owners, strict=True) if pk is not None)
        layer = next((name for name, pk in zip(_LAYERS, layers, strict=True) if pk is not None), _OWN)
        found[owner][layer][kind].add(language)
    return found


def _missing(layers: Mapping[str, Mapping[str, set[str]]]) -> str:
    """Say which languages each layer lacks: of the listing's own texts name and summary, of others any."""
    comma = pgettext("luettelossa", ",")
    told = []
    for layer, kinds in layers.items():
        looked = {Text.Kind.NAME, Text.Kind.SUMMARY} & set(kinds) if layer == _OWN else set(kinds)
        lacking = {code for kind in looked for code in missing(kinds[kind])}
        if lacking:
            names = f"{comma} ".join(language_name(code) for code in EXPECTED if code in lacking)
            told.append(f"{LAYER_WORDS[layer]}: {names}" if layer else names)
    return "; ".join(told)


def _timed(listings: Iterable[Standing]) -> set[tuple[str, int]]:
    """Which listings ought to have opening hours and have none. Two queries."""
    places = {one.pk for one in listings if one.about == About.PLACE}
    with_hours = set(HoursRow.objects.filter(place__in=places).values_list("place_id", flat=True))
    found = {(str(About.PLACE), pk) for pk in places - with_hours}
    services = [one.pk for one in listings if one.about == About.SERVICE]
    rows = Connection.objects.filter(service__in=services, channel__type__in=_WITH_HOURS).annotate(
        has=Exists(
            HoursRow.objects.filter(Q(channel=OuterRef("channel")) | Q(place=OuterRef("channel__place")))
        )
    )
    known: dict[int, bool] = defaultdict(bool)
    for service, has in rows.values_list("service_id", "has"):
        known[service] |= has
    return found | {(str(About.SERVICE), pk) for pk, has in known.items() if not has}


def _links(listings: Sequence[Standing]) -> tuple[list[Finding], int, int]:
    """Return the dead ones, how many let no machine look, and how many were not looked at yet."""
    by_key = {(one.about, one.pk): one for one in listings}
    used_by = addresses.urls(listings)
    checked = {row.url: row for row in WebAddress.objects.exclude(checked_on=None)}
    dead = [
        Finding(by_key[used.about, used.pk], f"{used.text} ({OUTCOME_WORDS[Outcome(row.outcome)]})")
        for used in used_by
        if (row := checked.get(used.text)) and row.state == LinkState.DEAD
    ]
    refused = sum(row.outcome == Outcome.REFUSED for row in checked.values())
    return dead, refused, len({used.text for used in used_by} - set(checked))


def _numbers(listings: Sequence[Standing]) -> list[Finding]:
    by_key = {(one.about, one.pk): one for one in listings}
    return [
        Finding(by_key[used.about, used.pk], f"{used.text} ({PHONE_WORDS[fault]})")
        for used in addresses.numbers(listings)
        if (fault := fault_of(used.text))
    ]
