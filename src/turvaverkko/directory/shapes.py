"""The values that pages get. Frozen; nothing here asks the database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from turvaverkko.directory.layers import Verdict
from turvaverkko.directory.opening import Status, Unknown, WeekDay


@dataclass(frozen=True, slots=True)
class Words:
    """A short text; `lang` is the language it is in when that is not the reader's."""

    text: str = ""
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step of what happens."""

    title: str
    text: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class TextPart:
    """One layer's share of a resolved text, with where it comes from."""

    lines: tuple[str, ...]
    language: str
    lang: str
    source: str
    layer: str
    layer_name: str
    mode: str
    translation_state: str

    @property
    def value(self) -> str:
        """The lines as one text."""
        return "\n\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class ResolvedText:
    """A text of one kind as the reader gets it: one part, or several where a layer adds."""

    kind: str = ""
    parts: tuple[TextPart, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """All paragraphs as one text."""
        return "\n\n".join(part.value for part in self.parts)

    @property
    def lang(self) -> str:
        """The language of the first part when it is not the reader's."""
        return self.parts[0].lang if self.parts else ""

    @property
    def is_fallback(self) -> bool:
        """Whether any part is shown in Finnish because the reader's language lacks it."""
        return any(part.lang for part in self.parts)

    @property
    def words(self) -> Words:
        """The whole text with its language."""
        return Words(self.text, self.lang)

    @property
    def paragraphs(self) -> tuple[Words, ...]:
        """The paragraphs, each with its language."""
        return tuple(Words(line, part.lang) for part in self.parts for line in part.lines)

    @property
    def items(self) -> tuple[Words, ...]:
        """The items of a list kind, each with its language."""
        return self.paragraphs

    @property
    def steps(self) -> tuple[StepWords, ...]:
        """The steps of a `steps` text."""
        return tuple(
            StepWords(step["title"], step.get("text", ""), part.lang)
            for part in self.parts
            for step in map(json.loads, part.lines)
        )


NO_TEXT = ResolvedText()


def resolved(kind: str, verdicts: list[Verdict], language: str) -> ResolvedText:
    """Return what stands of the texts of one kind as a resolved text."""
    return ResolvedText(kind, tuple(_part(verdict, language) for verdict in verdicts if verdict.lines))


def _part(verdict: Verdict, language: str) -> TextPart:
    text = verdict.text
    return TextPart(
        lines=verdict.lines,
        language=text.language,
        lang="" if text.language == language else text.language,
        source=text.source,
        layer=text.layer,
        layer_name=text.layer_name,
        mode=text.mode,
        translation_state=text.translation_state,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What narrows a list of services. Empty values narrow nothing.

    Attributes:
        age: years of the child or adult.
        organisation_kind: county, municipality, school, ngo, parish, state, company or health.
        level: national, county, area or municipality.
        families_only: leave out what is not meant for families.
        national: whether the national base is listed too.
    """

    age: int | None = None
    situation: str = ""
    kind: str = ""
    way: str = ""
    charge: str = ""
    language: str = ""
    organisation_kind: str = ""
    organisation: str = ""
    level: str = ""
    families_only: bool = False
    national: bool = True
    offset: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """What narrows a list of places. Empty values narrow nothing."""

    age: int | None = None
    kind: str = "meeting-place"
    language: str = ""
    family_centre: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A name and an address outside."""

    name: Words
    url: str


@dataclass(frozen=True, slots=True)
class TermCard:
    """A life situation, an age or a class of the code lists."""

    code: str
    label: str
    hint: str = ""
    page_title: str = ""
    lang: str = ""
    icon: str = ""
    sensitive: bool = False
    min_age: int | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service in a list."""

    slug: str
    name: Words
    summary: Words
    for_whom: Words
    level: str
    kind: str
    organisation: Words
    organisation_kind: str
    coverage: Words
    municipalities: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    charge: str
    ways: tuple[str, ...]
    languages: tuple[str, ...]
    referral_needed: bool
    interpreter: bool
    phone: str
    status: Status | None
    situations: tuple[str, ...]
    sensitive: bool
    for_families: bool
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class AddressView:
    """Where a channel or a place is."""

    name: Words
    street: str
    postal_code: str
    city: str
    municipality: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One way to reach a service. `place_slug` is empty unless the place has a page of its own."""

    type: str
    label: Words
    note: Words
    number: str = ""
    url: str = ""
    email: str = ""
    charge: str = ""
    address: AddressView | None = None
    place_slug: str = ""
    status: Status = field(default_factory=Unknown)
    week: tuple[WeekDay, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Whose word a listing is, and how fresh.

    Attributes:
        source: the code of the source.
        name: what to call it to people.
        due_on: the last day on which the confirmation counts.
    """

    source: str
    name: Words
    confirmed_on: date | None
    due_on: date | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place in a list."""

    slug: str
    kind: str
    name: Words
    summary: Words
    municipality: Words
    municipality_slug: str
    street: str
    postal_code: str
    city: str
    min_age: int | None
    max_age: int | None
    charge: str
    languages: tuple[str, ...]
    phone: str
    status: Status
    operators: tuple[Words, ...]
    family_centre: str
    latitude: float | None
    longitude: float | None
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class ServicePage:
    """Everything the page of a service shows."""

    card: ServiceCard
    texts: Mapping[str, ResolvedText]
    channels: tuple[ChannelView, ...]
    laws: tuple[Link, ...]
    situations: tuple[TermCard, ...]
    classes: tuple[TermCard, ...]
    base: Words
    source: SourceNote
    related: tuple[ServiceCard, ...]
    places: tuple[PlaceCard, ...]
    fallbacks: int

    def text(self, kind: str) -> ResolvedText:
        """The text of a kind, or an empty one."""
        return self.texts.get(kind, NO_TEXT)

    @property
    def steps(self) -> tuple[StepWords, ...]:
        """What happens, step by step."""
        return self.text("steps").steps

    @property
    def good_to_know(self) -> tuple[Words, ...]:
        """Sentences that are good to know."""
        return self.text("good-to-know").items


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything the page of a place shows."""

    card: PlaceCard
    texts: Mapping[str, ResolvedText]
    week: tuple[WeekDay, ...]
    exceptions: tuple[WeekDay, ...]
    criteria_met: int | None
    criteria_of: int
    services: tuple[ServiceCard, ...]
    source: SourceNote
    fallbacks: int

    def text(self, kind: str) -> ResolvedText:
        """The text of a kind, or an empty one."""
        return self.texts.get(kind, NO_TEXT)


@dataclass(frozen=True, slots=True)
class TermPage:
    """A life situation or an age with what there is for it; the national base stands in where little is."""

    term: TermCard
    local: tuple[ServiceCard, ...]
    national: tuple[ServiceCard, ...]
    places: tuple[PlaceCard, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """What there is in a municipality. `services` begins with its own and its area's."""

    slug: str
    name: Words
    area: Words
    county: Words
    services: tuple[ServiceCard, ...]
    places: tuple[PlaceCard, ...]
    situations: tuple[TermCard, ...]


@dataclass(frozen=True, slots=True)
class CrisisCard:
    """A crisis line."""

    slug: str
    name: Words
    when: Words
    number: str
    url: str
    status: Status
    local: bool
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Searchable:
    """A published listing with its texts in every language, for an index.

    Attributes:
        key: "service/<slug>", "place/<slug>" or "happening/<slug>".
        texts: language -> kind -> value (list kinds: one item per line).
        inherited: the same of the national base that it builds on.
        municipalities: slugs; empty = the whole county or country.
    """

    key: str
    slug: str
    kind: str
    level: str
    organisation: str
    organisation_kind: str
    municipalities: tuple[str, ...]
    areas: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    charge: str
    ways: tuple[str, ...]
    languages: tuple[str, ...]
    situations: tuple[str, ...]
    for_families: bool
    is_twin: bool
    texts: Mapping[str, Mapping[str, str]]
    inherited: Mapping[str, Mapping[str, str]]
    subjects: tuple[str, ...]
