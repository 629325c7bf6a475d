"""One entry written into or taken out of an index version, inside the caller's transaction."""

from collections.abc import Iterable, Mapping

from turvaverkko.directory.search import forms, packing
from turvaverkko.directory.search.analysis import Analysis, CachedAnalyzer, Mode
from turvaverkko.directory.search.document import Document
from turvaverkko.directory.search.index import EMPTY, Postings, finnish_words, weight_of
from turvaverkko.directory.search.indexing import Lengths, Weigher
from turvaverkko.directory.search.models import EntryTerms, IndexVersion, Posting, WordForm

_SEPARATOR = "\n"


def posting(version: IndexVersion, term: str, found: Postings, revision: int) -> Posting:
    """The row of a posting list."""
    numbers, weights = packing.packed(found)
    return Posting(
        version=version,
        term=term,
        frequency=len(found.numbers),
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
    EntryTerms.objects.update_or_create(version=version, number=number, defaults={"terms": joined(new)})
    if old is None:
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


def _change(version: IndexVersion, weights: Mapping[str, float | None], number: int, revision: int) -> None:
    """Write the weights of one entry into its posting lists; None takes it out of a list."""
    rows = Posting.objects.filter(version=version, term__in=list(weights))
    lists = {
        term: packing.unpacked(numbers, found)
        for term, numbers, found in rows.values_list("term", "numbers", "weights")
    }
    changed = {
        term: packing.changed(lists.get(term, EMPTY), {number: weight})
        for term, weight in weights.items()
        if not _stands_already(lists.get(term, EMPTY), number, weight)
    }
    Posting.objects.bulk_create(
        [posting(version, term, found, revision) for term, found in changed.items()],
        update_conflicts=True,
        unique_fields=["version", "term"],
        update_fields=["frequency", "numbers", "weights", "revision"],
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
