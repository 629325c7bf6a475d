"""Where does this text come from: every text of a service, layer by layer, and which one is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, gettext_lazy

from turvaverkko.directory.layers import LEVELS, SOURCE_LANGUAGE, LayerText, Verdict, explain
from turvaverkko.directory.loading.descriptions import SOURCE as PTV_SOURCE
from turvaverkko.directory.models import Text
from turvaverkko.directory.reading import choosing
from turvaverkko.directory.reading.service_page import texts_of
from turvaverkko.directory.reading.services import Cards, Found, Reader

# Languages of the catalogue first, then the rest by their codes.
_FIRST: Final = ("fi", "sv", "en")
KIND_WORDS: Final = {
    "name": gettext_lazy("Nimi"),
    "summary": gettext_lazy("Tiivistelmä"),
    "description": gettext_lazy("Kuvaus"),
    "background": gettext_lazy("Taustakuvaus"),
    "for-whom": gettext_lazy("Kenelle"),
    "requirements": gettext_lazy("Edellytykset"),
    "instructions": gettext_lazy("Toimintaohje"),
    "steps": gettext_lazy("Näin se etenee"),
    "good-to-know": gettext_lazy("Hyvä tietää"),
    "fee": gettext_lazy("Maksu"),
    "deadline": gettext_lazy("Määräaika"),
    "processing-time": gettext_lazy("Käsittelyaika"),
    "validity": gettext_lazy("Voimassaolo"),
    "keywords": gettext_lazy("Hakusanat"),
    "note": gettext_lazy("Huomautus"),
}
OUTCOME_WORDS: Final = {
    "shown": gettext_lazy("Näytetään"),
    "partly": gettext_lazy("Näytetään osittain"),
    "replaced": gettext_lazy("Korvattu"),
    "hidden": gettext_lazy("Piilotettu"),
    "other-language": gettext_lazy("Toinen kieli näytetään"),
    "hides": gettext_lazy("Piilottaa ylemmän tason tekstin"),
}
MODE_WORDS: Final = {
    "replace": gettext_lazy("korvaa"),
    "add": gettext_lazy("lisää"),
    "hide": gettext_lazy("piilottaa"),
}
LAYER_WORDS: Final = {
    "national": gettext_lazy("Koko Suomi"),
    "county": gettext_lazy("Hyvinvointialue"),
    "area": gettext_lazy("Palvelualue"),
    "municipality": gettext_lazy("Kunta"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """One text of one layer: what it says, whose it is, and what became of it.

    Attributes:
        shown: what of it is shown.
        reason: why it is not shown as it is, in a sentence.
    """

    layer: str
    layer_words: str
    language: str
    mode_words: str
    source_words: str
    value: str
    outcome: str
    outcome_words: str
    shown: tuple[str, ...]
    reason: str
    translation_state: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """How one kind of text comes about in one language."""

    language: str
    origins: tuple[Origin, ...]
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class KindOrigins:
    """One kind of text in every language that has it."""

    kind: str
    words: str
    languages: tuple[InLanguage, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where every text of a service comes from. `chain` names the layers, widest first."""

    slug: str
    name: str
    chain: tuple[str, ...]
    base: str
    kinds: tuple[KindOrigins, ...]
    shown: int
    fallbacks: int


def read(slug: str, reader: Reader) -> Provenance | None:
    """Return where the texts of a published service come from, or None."""
    row = (
        choosing.published().filter(slug=slug).values("pk", "base__reference_code", "base__source_id").first()
    )
    if row is None:
        return None
    found = Found.of([row["pk"]])
    service = found.rows[row["pk"]]
    parts = Cards.read(found, reader).with_texts(texts_of(service), every_language=True)
    texts = parts.shelf.layer_texts(parts.owned(service))
    kinds = tuple(_kind(kind, texts[kind]) for kind in KIND_WORDS if kind in texts)
    every = [one for kind in kinds for one in kind.languages]
    return Provenance(
        slug=slug,
        name=parts.card(service).name.text,
        chain=tuple(_chain(texts)),
        base=row["base__reference_code"] or str(row["base__source_id"] or ""),
        kinds=kinds,
        shown=sum(bool(origin.shown) for one in every for origin in one.origins),
        fallbacks=sum(one.is_fallback for one in every),
    )


def _kind(kind: str, texts: list[LayerText]) -> KindOrigins:
    written = {text.language for text in texts}
    languages = sorted(
        written, key=lambda code: (_FIRST.index(code) if code in _FIRST else len(_FIRST), code)
    )
    return KindOrigins(kind, str(KIND_WORDS[kind]), tuple(_in_language(texts, code) for code in languages))


def _in_language(texts: list[LayerText], language: str) -> InLanguage:
    # A text of a third language says nothing about what the readers of this one get.
    near = [
        text for text in texts if text.language in (language, SOURCE_LANGUAGE) or text.mode == Text.Mode.HIDE
    ]
    verdicts = explain(near, language)
    shown = [verdict for verdict in verdicts if verdict.lines]
    return InLanguage(
        language,
        tuple(_origin(verdict) for verdict in verdicts),
        is_fallback=any(verdict.text.language != language for verdict in shown),
    )


def _origin(verdict: Verdict) -> Origin:
    text = verdict.text
    return Origin(
        layer=text.layer,
        layer_words=_layer_words(text),
        language=text.language,
        mode_words=str(MODE_WORDS[text.mode]),
        source_words=_source_words(text.source),
        value="\n\n".join(text.lines),
        outcome=verdict.outcome,
        outcome_words=str(OUTCOME_WORDS[verdict.outcome]),
        shown=verdict.lines,
        reason=_reason(verdict),
        translation_state=text.translation_state,
    )


def _reason(verdict: Verdict) -> str:
    by = verdict.by
    if by is None:
        return ""
    values = {"layer": _layer_words(by)}
    if verdict.outcome == "replaced":
        return gettext("Tilalla on teksti tasolta: %(layer)s.") % values
    if verdict.outcome == "partly":
        return gettext("Rivejä on piilotettu tasolla: %(layer)s.") % values
    return gettext("Piilotettu tasolla: %(layer)s.") % values


def _layer_words(text: LayerText) -> str:
    level = str(LAYER_WORDS[text.layer])
    whose = text.layer_name or (gettext("palvelun oma teksti") if text.rank else "")
    return f"{level}: {whose}" if whose else level


def _source_words(source: str) -> str:
    if source == PTV_SOURCE:
        return gettext("Palvelutietovaranto (PTV), pohjakuvaus")
    if source.startswith("pack:"):
        return gettext("Hyvinvointialueen aineisto (%(code)s)") % {"code": source.removeprefix("pack:")}
    return source


def _chain(texts: Mapping[str, Iterable[LayerText]]) -> Iterable[str]:
    seen = {(LEVELS[text.layer], text.rank, _layer_words(text)) for found in texts.values() for text in found}
    return (words for _, _, words in sorted(seen))
