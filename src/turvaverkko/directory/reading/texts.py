"""Texts of many owners in one query, resolved for a reader. `directory.layers` decides what stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from turvaverkko.directory.layers import SOURCE_LANGUAGE, LayerText, standing
from turvaverkko.directory.models import Text
from turvaverkko.directory.reading.atlas import NOWHERE, UNCHARTED, Atlas, Chain
from turvaverkko.directory.shapes import NO_TEXT, ResolvedText, Words, resolved

# What a card of a list shows.
CARD_KINDS: Final = ("name", "summary", "for-whom")
OWNERS: Final = ("general_description", "service", "channel", "connection", "place", "crisis_line")
LAYERS: Final = ("county", "area", "municipality")
_FIELDS: Final = (
    "kind",
    "language",
    "value",
    "mode",
    "translation_state",
    "source",
    *(f"{owner}_id" for owner in OWNERS),
    *(f"{layer}_id" for layer in LAYERS),
)
Owner = tuple[str, int]
Row = Mapping[str, Any]


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


class TextShelf:
    """The texts of several owners, read once."""

    def __init__(self, rows: Iterable[Row], language: str, atlas: Atlas = UNCHARTED) -> None:
        self._language = language
        self._atlas = atlas
        self._rows: dict[Owner, list[Row]] = defaultdict(list)
        for row in rows:
            owner = next(name for name in OWNERS if row[f"{name}_id"] is not None)
            self._rows[owner, row[f"{owner}_id"]].append(row)

    @classmethod
    def read(
        cls, wanted: Q, language: str, *, atlas: Atlas = UNCHARTED, every_language: bool = False
    ) -> "TextShelf":
        """Read the texts that fulfil a condition, in the reader's language and in Finnish. One query.

        The atlas gives the names of the layers.
        """
        rows = Text.objects.filter(wanted).order_by("pk")
        if not every_language:
            # A text that hides is read in every language: it hides whatever the reader's language is.
            rows = rows.filter(Q(language__in={language, SOURCE_LANGUAGE}) | Q(mode=Text.Mode.HIDE))
        return cls(rows.values(*_FIELDS), language, atlas)

    def layer_texts(self, owned: Owned) -> dict[str, list[LayerText]]:
        """Return the texts that speak to the chain, by kind."""
        found: dict[str, list[LayerText]] = defaultdict(list)
        if owned.base is not None:
            for row in self._rows["general_description", owned.base]:
                self._add(found, row, owned, rank=0)
        for row in self._rows[owned.owner]:
            self._add(found, row, owned, rank=1)
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
        texts = [self._layer_text(row, "national", 1) for row in self._rows[owner]]
        found = [text for text in texts if text.kind == kind]
        return resolved(kind, standing(found, self._language), self._language).words

    def _add(self, found: dict[str, list[LayerText]], row: Row, owned: Owned, *, rank: int) -> None:
        layer = owned.chain.layer(row)
        if layer is None:
            return
        if layer == "own":
            layer = owned.level if rank else "national"
        found[row["kind"]].append(self._layer_text(row, layer, rank))

    def _layer_text(self, row: Row, layer: str, rank: int) -> LayerText:
        said_by = next((name for name in LAYERS if row[f"{name}_id"] is not None), "")
        name = self._atlas.name(said_by, row[f"{said_by}_id"], self._language).text if said_by else ""
        return LayerText(
            kind=row["kind"],
            language=row["language"],
            value=row["value"],
            mode=row["mode"],
            layer=layer,
            rank=rank,
            layer_name=name,
            source=row["source"],
            translation_state=row["translation_state"],
        )


EMPTY_SHELF: Final = TextShelf((), SOURCE_LANGUAGE)


def words_of(texts: Mapping[str, ResolvedText], kind: str) -> Words:
    """Return the words of a kind, or none."""
    return texts.get(kind, NO_TEXT).words


def fallbacks(texts: Mapping[str, ResolvedText]) -> int:
    """Return how many texts are shown in Finnish because the reader's language lacks them."""
    return sum(text.is_fallback for text in texts.values())
