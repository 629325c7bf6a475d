"""General descriptions (pohjakuvaukset) of the interface."""

from typing import Final

from turvaverkko.directory.ptv.mapping.fields import (
    TERM_FIELDS,
    Row,
    identity,
    laws_of,
    line_of,
    of_kind,
    stamp_of,
    terms_of,
    typed,
    words_of,
)
from turvaverkko.directory.ptv.mapping.services import NAMES, TEXTS
from turvaverkko.directory.ptv.shapes import Description, Reading, Refused

DESCRIPTION_TEXTS: Final = {
    **TEXTS,
    "BackgroundDescription": "background",
    "GeneralDescriptionTypeAdditionalInformation": "type-note",
}


def description(document: Row) -> Reading:
    """Return a general description as values.

    Raises:
        Refused: it has no id or no name.
    """
    reading = Reading(Description(identity(document)), stamp_of(document.get("modified")))
    names = typed(document, "names", NAMES, reading.told)
    if not names:
        raise Refused("no-name", "names")
    texts = [
        *names,
        *typed(document, "descriptions", DESCRIPTION_TEXTS, reading.told),
        *of_kind("requirements", words_of(document, "requirements")),
    ]
    reading.item = Description(
        id=identity(document),
        kind=line_of(document.get("type"), "type", 40),
        type=line_of(document.get("generalDescriptionType"), "generalDescriptionType", 60),
        charge=line_of(document.get("serviceChargeType"), "serviceChargeType", 20),
        texts=tuple(sorted(texts)),
        terms=terms_of(document, TERM_FIELDS, reading),
        laws=laws_of(document),
    )
    return reading
