"""Crisis lines: open ones first, so that the first number on the page is answered."""

from datetime import datetime

from turvaverkko.directory.models import CrisisLine
from turvaverkko.directory.opening import Always, Open, status
from turvaverkko.directory.reading import hours
from turvaverkko.directory.reading.texts import TextShelf, Wanted
from turvaverkko.directory.shapes import CrisisCard


def lines(language: str, at: datetime) -> list[CrisisCard]:
    """Return the crisis lines. Three queries."""
    rows = list(CrisisLine.objects.filter(archived=False).order_by("order", "slug"))
    ids = [row.pk for row in rows]
    shelf = TextShelf.read(Wanted(crisis_lines=ids), language)
    rules = hours.of_lines(ids)
    found = [
        CrisisCard(
            slug=row.slug,
            name=shelf.words(("crisis_line", row.pk), "name"),
            when=shelf.words(("crisis_line", row.pk), "when"),
            number=row.number,
            url=row.url,
            status=status(rules.get(row.pk, []), at),
            local=row.local,
            source=row.source,
            checked_on=row.checked_on,
        )
        for row in rows
    ]
    return sorted(found, key=lambda card: not isinstance(card.status, Open | Always))
