"""Names and summaries by slug, also of what is no longer published."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.models import Text
from turvaverkko.directory.shapes import Words


def words_by_slug(owner: str, slugs: Collection[str], language: str) -> Mapping[str, Mapping[str, Words]]:
    """Return the names and summaries of listings, by slug and kind, in the reader's language or Finnish.

    What has no text is empty words. One query, none without slugs.

    Args:
        owner: "service", "place" or "happening".
        slugs: of the listings.
        language: of the reader.
    """
    found: dict[str, dict[str, Words]] = defaultdict(lambda: defaultdict(Words))
    if not slugs:
        return found
    rows = Text.objects.filter(**{f"{owner}__slug__in": list(slugs)}, kind__in=("name", "summary"))
    rows = rows.filter(language__in={language, SOURCE_LANGUAGE}, county=None, area=None, municipality=None)
    for slug, kind, spoken, value in rows.values_list(f"{owner}__slug", "kind", "language", "value"):
        if spoken == language:
            found[slug][kind] = Words(value)
        else:
            found[slug].setdefault(kind, Words(value, spoken))
    return found
