"""The table of analysed word forms: what the catalogue and the thesaurus say, never what people type."""

from collections.abc import Iterable, Mapping

from turvaverkko.directory.search.analysis import Analysis, Analyzer, Mode, light_stem, make_analyzer
from turvaverkko.directory.search.models import WordForm
from turvaverkko.directory.search.text import MAX_WORD_LETTERS

_BATCH = 2_000


def remembered(mode: Mode) -> dict[str, Analysis]:
    """Every analysed form of `mode`."""
    rows = WordForm.objects.filter(mode=mode).values_list("form", "lemmas", "parts", "is_known")
    return {
        form: Analysis(tuple(lemmas), tuple(parts), known) for form, lemmas, parts, known in rows.iterator()
    }


def remember(mode: Mode, readings: Mapping[str, Analysis], *, already: Iterable[str] = ()) -> None:
    """Keep readings; those already in the table stay as they are."""
    known = frozenset(already)
    WordForm.objects.bulk_create(
        [
            WordForm(mode=mode, form=form, lemmas=reading.lemmas, parts=reading.parts, is_known=reading.known)
            for form, reading in readings.items()
            if form not in known and len(form) <= MAX_WORD_LETTERS
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["mode", "form"],
        update_fields=["lemmas", "parts", "is_known"],
    )


def analyzer(mode: Mode, known: Mapping[str, Analysis]) -> Analyzer:
    """An analyser of `mode` for words that are not in the table."""
    return make_analyzer(mode, {light_stem(form) for form in known} if mode == "light" else ())
