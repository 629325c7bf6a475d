"""The same change of many happenings at once: all of them, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from turvaverkko.directory.editing import rules
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import TIMES, Content
from turvaverkko.directory.editing.services import listing
from turvaverkko.directory.models import Happening


@dataclass(frozen=True, slots=True)
class Alteration:
    """What becomes otherwise in each; what is empty stays as it is.

    Attributes:
        last: new end of every series; ISO day.
        starts, ends: new hours, both or neither; ISO times.
    """

    last: str = ""
    starts: str = ""
    ends: str = ""
    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything becomes otherwise."""
        return any((self.last, self.starts, self.phone, self.email))


def altered(content: Content, alteration: Alteration) -> Content:
    """Return a content with the change. A series that would end before it begins keeps its end."""
    return {
        **content,
        TIMES: [_altered_time(one, alteration) for one in content[TIMES]],
        "phone": alteration.phone or content["phone"],
        "email": alteration.email or content["email"],
    }


@transaction.atomic
def change_many(
    actor: Editor, chosen: Sequence[tuple[Happening, Content, str]], *, language: str
) -> tuple[int, int]:
    """Write or propose every change; return how many were written and how many wait to be looked at.

    Args:
        actor: who.
        chosen: each happening with its new content and the stamp that the writer saw.
        language: in which who sent it is answered.

    Raises:
        ChangedMeanwhile: somebody else wrote one of them since; nothing was changed.
        IllegalMove: one of them has ended; nothing was changed.
    """
    written = proposed = 0
    for happening, content, seen in chosen:
        if listing.needs_review(actor, happening):
            listing.propose(actor, happening, content=content, seen=seen, language=language)
            proposed += 1
        else:
            listing.save(actor, happening, content=content, seen=seen)
            written += 1
    return written, proposed


def _altered_time(one: Mapping[str, Any], alteration: Alteration) -> dict[str, Any]:
    last = one["last"]
    if last and alteration.last and _is_season(one["first"], alteration.last):
        last = alteration.last
    return {
        **one,
        "last": last,
        "starts": alteration.starts or one["starts"],
        "ends": alteration.ends or one["ends"],
    }


def _is_season(first: str, last: str) -> bool:
    return 0 <= (date.fromisoformat(last) - date.fromisoformat(first)).days <= rules.LONGEST_SEASON
