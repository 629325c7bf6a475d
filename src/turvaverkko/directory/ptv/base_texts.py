"""The general descriptions in the shape in which the catalogue's own file keeps them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from turvaverkko.directory.models import GeneralDescription, Term, Text

# Kind of our texts → field of the file.
FIELDS: Final = {
    "name": "Name",
    "summary": "ShortDescription",
    "description": "Description",
    "background": "BackgroundDescription",
    "requirements": "ServiceRestrictions",
    "instructions": "UserInstructions",
    "fee": "ChargeTypeAdditionalInfo",
    "deadline": "DeadLineAdditionalInfo",
    "processing-time": "ProcessingTimeAdditionalInfo",
    "validity": "ValidityTimeAdditionalInfo",
}
TERMS: Final = {
    "ptv-service-class": "ServiceClass",
    "ptv-target-group": "TargetGroup",
    "ptv-life-event": "LifeEvent",
    "koko": "OntologyTerm",
}
Json = dict[str, Any]


def documents() -> list[Json]:
    """Return every general description. Four queries."""
    texts: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = Text.objects.filter(
        general_description__isnull=False, county=None, area=None, municipality=None
    ).values_list("general_description_id", "kind", "language", "value")
    for pk, *text in rows:
        texts[pk or 0].append((text[0], text[1], text[2]))
    descriptions = GeneralDescription.objects.prefetch_related("terms__vocabulary")
    return [_document(row, texts[row.pk]) for row in descriptions]


def _document(row: GeneralDescription, texts: Iterable[tuple[str, str, str]]) -> Json:
    made: Json = {
        "Id": str(row.source_id),
        "ReferenceCode": row.reference_code,
        "ServiceType": row.service_type,
        "ChargeType": row.charge_type,
        "Laws": [{"Names": _labels(law["name"]), "Links": _labels(law["url"])} for law in row.laws],
        **{field: [] for field in [*FIELDS.values(), *TERMS.values()]},
    }
    for kind, language, text in texts:
        if kind in FIELDS:
            made[FIELDS[kind]].append({"Lang": language, "Label": text})
    for term in row.terms.all():
        made[TERMS[term.vocabulary.code]].append(_term(term))
    return made


def _term(term: Term) -> Json:
    return {"Key": term.uris[0] if term.uris else term.code}


def _labels(said: dict[str, str]) -> list[Json]:
    return [{"Lang": language, "Label": text} for language, text in said.items()]
