"""One entry written into or taken out of an index version, inside the caller's transaction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from turvaverkko.directory.search import forms, packing
from turvaverkko.directory.search.analysis import Analysis, CachedAnalyzer, Mode
from turvaverkko.directory.search.document import Document
from turvaverkko.directory.search.index import EMPTY, Postings, finnish_words, weight_of
from turvaverkko.directory.search.indexing import Lengths, Weigher
from turvaverkko.directory.search.models import EntryTerms, IndexVersion, Posting, WordForm

_SEPARATOR = "\n"


# Unit: entries in one stretch of a list, 8 bytes each. Shorter ones make more rows, longer ones more bytes to
# rewrite: of 256, 512 and 1,024 this cost an edit at 100,000 entries the least on PostgreSQL.
STRETCH = 512


def stretches(
    version: IndexVersion,
    term: str,
    found: Postings,
    revision: int,
    within: tuple[int, int] = (0, Posting.END),
) -> Iterator[Posting]:
    """The rows of a posting list, or of the part of it that lies `within` two entry numbers."""
    pieces = list(packing.cut(found, STRETCH))
    firsts = [within[0], *(int(piece.numbers[0]) for piece in pieces[1:])]
    for piece, first, until in zip(pieces, firsts, [*firsts[1:], within[1]], strict=True):
        numbers, weights = packing.packed(piece)
        yield Posting(
            version=version,
            term=term,
            first=first,
            until=until,
            frequency=len(piece.numbers),
            numbers=numbers,
            weights=weights,
            revision=revision,
        )


def joined(found: Iterable[str]) -> str:
    """Terms as one text."""
    return _SEPARATOR.join(found)


def write(version: IndexVersion, number: int, document: Document, revision: int) -> None:
    """Put `document` into `version`, or replace what stood there under its number."""
    new = Weigher(_analyzer(version, document), Lengths(version.lengths)).terms(document)
    old = _terms_of(version, number)
    _change(version, {**dict.fromkeys(old or ()), **new}, number, revision)
    if old is not None:
        EntryTerms.objects.filter(version=version, number=number).update(terms=joined(new))
    else:
        EntryTerms.objects.create(version=version, number=number, terms=joined(new))
        version.entries += 1
        version.size = max(version.size, number + 1)
        version.save(update_fields=["entries", "size"])


def take_out(version: IndexVersion, number: int, revision: int) -> None:
    """Take an entry out of `version`."""
    old = _terms_of(version, number)
    if old is None:
        return
    _change(version, dict.fromkeys(old), number, revision)
    EntryTerms.objects.filter(version=version, number=number).delete()
    version.entries -= 1
    version.save(update_fields=["entries"])


def _terms_of(version: IndexVersion, number: int) -> list[str] | None:
    """The terms under which the entry stands in this version; None when it does not stand there."""
    kept = EntryTerms.objects.filter(version=version, number=number).values_list("terms", flat=True).first()
    return None if kept is None else kept.split(_SEPARATOR)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The part of a list where an entry stands or would stand."""

    found: Postings = EMPTY
    within: tuple[int, int] = (0, Posting.END)


# Of a term that no list has yet.
_NEW = _Stretch()


def _change(version: IndexVersion, weights: Mapping[str, float | None], number: int, revision: int) -> None:
    """Write the weights of one entry into its posting lists; None takes it out of a list."""
    rows = Posting.objects.filter(
        version=version, term__in=list(weights), first__lte=number, until__gt=number
    )
    here = {
        term: _Stretch(packing.unpacked(numbers, found), (first, until))
        for term, first, until, numbers, found in rows.values_list(
            "term", "first", "until", "numbers", "weights"
        )
    }
    changed: list[Posting] = []
    for term, weight in weights.items():
        stretch = here.get(term, _NEW)
        if not _stands_already(stretch.found, number, weight):
            found = packing.changed(stretch.found, number, weight)
            changed += stretches(version, term, found, revision, stretch.within)
    Posting.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["version", "term", "first"],
        update_fields=["until", "frequency", "numbers", "weights", "revision"],
    )


def _stands_already(found: Postings, number: int, weight: float | None) -> bool:
    """Whether the list says nearly this already: long lists are not rewritten for a hair's breadth."""
    old = weight_of(found, number)
    if weight is None:
        return old == 0.0
    return abs(old - weight) <= _HAIR * weight


# Unit: share of the weight. Smaller changes (a field one word longer) move no result.
_HAIR = 0.02


def _analyzer(version: IndexVersion, document: Document) -> CachedAnalyzer:
    """The analyser for the words of one document; new words are kept in the table."""
    mode: Mode = "light" if version.mode == "light" else "voikko"
    wanted = finnish_words([document])
    rows = WordForm.objects.filter(mode=mode, form__in=wanted)
    known = {
        form: Analysis(tuple(lemmas), tuple(parts), is_known)
        for form, lemmas, parts, is_known in rows.values_list("form", "lemmas", "parts", "is_known")
    }
    new = wanted - known.keys()
    if new:
        stems = WordForm.objects.filter(mode=mode).values_list("form", flat=True) if mode == "light" else ()
        analyzer = forms.analyzer(mode, dict.fromkeys(stems, Analysis(())))
        readings = {form: analyzer.analyse(form) for form in new}
        forms.remember(mode, readings)
        known.update(readings)
    return CachedAnalyzer(forms.analyzer(mode, {}), known)
