"""What is wrong with a pack, said so that the person who wrote it can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext


@dataclass(frozen=True, slots=True)
class PackError:
    """One fault: where it is, what is wrong and what to do about it.

    `place` is "rivi 7" in a CSV file and "kohta 3, rivi 41" in a YAML file; it is empty when the
    fault concerns the whole file.
    """

    file: str
    message: str
    place: str = ""
    slug: str = ""
    field: str = ""

    def __str__(self) -> str:
        where = [self.file, self.place, f"”{self.slug}”" if self.slug else ""]
        if self.field:
            where.append(gettext("kenttä %(field)s") % {"field": self.field})
        return f"{', '.join(part for part in where if part)}: {self.message}"


class PackRefused(ValueError):
    """The pack has faults; nothing of it was applied. `errors` names every one of them."""

    def __init__(self, errors: Sequence[PackError]) -> None:
        self.errors = tuple(errors)
        super().__init__(str(self))

    def __str__(self) -> str:
        heading = ngettext(
            "Paketissa on %(count)d virhe. Mitään ei otettu käyttöön.",
            "Paketissa on %(count)d virhettä. Mitään ei otettu käyttöön.",
            len(self.errors),
        ) % {"count": len(self.errors)}
        return "\n".join([heading, *(f"- {error}" for error in self.errors)])
