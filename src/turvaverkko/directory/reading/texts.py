"""Texts of many owners in one query, resolved for a reader. `directory.layers` decides what stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from turvaverkko.core.prepared import Prepared, ids, words
from turvaverkko.directory.layers import SOURCE_LANGUAGE, LayerText, standing
from turvaverkko.directory.models import Text
from turvaverkko.directory.reading.atlas import NOWHERE, UNCHARTED, Atlas, Chain
from turvaverkko.directory.shapes import NO_TEXT, ResolvedText, Words, resolved

# What a card of a list shows.
CARD_KINDS: Final = ("name", "summary", "for-whom")
OWNERS: Final = (
    "general_description",
    "service",
    "channel",
    "connection",
    "place",
    "crisis_line",
    "happening",
)
LAYERS: Final = ("county", "area", "municipality")
_FIELDS: Final = (
    *(f"{owner}_id" for owner in OWNERS),
    *(f"{layer}_id" for layer in LAYERS),
    "kind",
    "language",
    "value",
    "mode",
    "translation_state",
    "source",
)
Owner = tuple[str, int]
Layer = tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose texts are read: all of them, or only what a card shows."""

    services: Collection[int] = ()
    bases: Collection[int] = ()
    channels: Collection[int] = ()
    places: Collection[int] = ()
    crisis_lines: Collection[int] = ()
    happenings: Collection[int] = ()
    card_services: Collection[int] = ()
    card_bases: Collection[int] = ()
    card_places: Collection[int] = ()
    card_happenings: Collection[int] = ()

    def lists(self) -> dict[str, Collection[int]]:
        """The same by name, for the query."""
        return {name: getattr(self, name) for name in _SLOTS}


_SLOTS: Final = tuple(field.name for field in fields(Wanted))


def _everything() -> QuerySet[Text]:
    """Every owner is asked for by its own index: a condition inside a condition would use none."""
    whole = {
        "services": "service",
        "bases": "general_description",
        "channels": "channel",
        "places": "place",
        "crisis_lines": "crisis_line",
        "happenings": "happening",
    }
    cards = {
        "card_services": "service",
        "card_bases": "general_description",
        "card_places": "place",
        "card_happenings": "happening",
    }
    wanted = Q(pk__in=[])
    for slot, owner in whole.items():
        wanted |= Q(**{f"{owner}__in": ids(slot)})
    for slot, owner in cards.items():
        wanted |= Q(**{f"{owner}__in": ids(slot), "kind__in": CARD_KINDS})
    return Text.objects.filter(wanted).order_by("pk")


def _readable() -> QuerySet[Text]:
    # A text that hides is read in every language: it hides whatever the reader's language is.
    return _everything().filter(Q(language__in=words("languages")) | Q(mode=Text.Mode.HIDE))


_IN_EVERY_LANGUAGE: Final = Prepared(_everything, _FIELDS, *_SLOTS)
_IN_LANGUAGES: Final = Prepared(_readable, _FIELDS, *_SLOTS, "languages")


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose texts are wanted: the service or place itself, and the national base it builds on.

    Attributes:
        level: where the owner itself stands, so at which layer its own texts are laid.
    """

    owner: Owner
    level: str = "national"
    base: int | None = None
    chain: Chain = NOWHERE


class _Row(NamedTuple):
    """A stored text and the layer that says it."""

    said_by: Layer
    kind: str
    language: str
    value: str
    mode: str
    translation_state: str
    source: str


class TextShelf:
    """The texts of several owners, read once."""

    def __init__(self, rows: Iterable[Sequence[Any]], language: str, atlas: Atlas = UNCHARTED) -> None:
        self._language = language
        self._atlas = atlas
        self._rows: dict[Owner, list[_Row]] = defaultdict(list)
        layers_end = len(OWNERS) + len(LAYERS)
        for row in rows:
            owner = next((name, key) for name, key in zip(OWNERS, row, strict=False) if key is not None)
            layers = zip(LAYERS, row[len(OWNERS) : layers_end], strict=True)
            said_by = next(((name, key) for name, key in layers if key is not None), None)
            self._rows[owner].append(_Row(said_by, *row[layers_end:]))

    @classmethod
    def read(
        cls, wanted: Wanted, language: str, *, atlas: Atlas = UNCHARTED, every_language: bool = False
    ) -> "TextShelf":
        """Read texts in the reader's language and in Finnish. One query.

        The atlas gives the names of the layers.
        """
        if every_language:
            return cls(_IN_EVERY_LANGUAGE.tuples(**wanted.lists()), language, atlas)
        languages = {language, SOURCE_LANGUAGE}
        return cls(_IN_LANGUAGES.tuples(languages=languages, **wanted.lists()), language, atlas)

    def layer_texts(self, owned: Owned) -> dict[str, list[LayerText]]:
        """Return the texts that speak to the chain, by kind."""
        found: dict[str, list[LayerText]] = defaultdict(list)
        if owned.base is not None:
            self._add(found, self._rows.get(("general_description", owned.base), ()), owned, rank=0)
        self._add(found, self._rows.get(owned.owner, ()), owned, rank=1)
        return found

    def resolve(self, owned: Owned) -> dict[str, ResolvedText]:
        """Return what the reader gets, by kind."""
        return {
            kind: text
            for kind, texts in self.layer_texts(owned).items()
            if (text := resolved(kind, standing(texts, self._language), self._language))
        }

    def words(self, owner: Owner, kind: str) -> Words:
        """Return a short text of an owner without layers (a channel's label, a line's name)."""
        rows = self._rows.get(owner, ())
        found = [self._layer_text(row, "national", 1) for row in rows if row.kind == kind]
        return resolved(kind, standing(found, self._language), self._language).words

    def _add(
        self, found: dict[str, list[LayerText]], rows: Iterable[_Row], owned: Owned, *, rank: int
    ) -> None:
        own_layer = owned.level if rank else "national"
        for row in rows:
            layer = own_layer if row.said_by is None else owned.chain.layer(row.said_by)
            if layer is not None:
                found[row.kind].append(self._layer_text(row, layer, rank))

    def _layer_text(self, row: _Row, layer: str, rank: int) -> LayerText:
        said_by, kind, language, value, mode, state, source = row
        name = self._atlas.name(*said_by, self._language).text if said_by else ""
        return LayerText(kind, language, value, mode, layer, rank, name, source, state)


EMPTY_SHELF: Final = TextShelf((), SOURCE_LANGUAGE)


def words_of(texts: Mapping[str, ResolvedText], kind: str) -> Words:
    """Return the words of a kind, or none."""
    return texts.get(kind, NO_TEXT).words


def fallbacks(texts: Mapping[str, ResolvedText]) -> int:
    """Return how many texts are shown in Finnish because the reader's language lacks them."""
    return sum(text.is_fallback for text in texts.values())
