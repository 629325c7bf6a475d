"""The baskets that went with messages, as family and guide see them: what they hold, as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from turvaverkko.directory.baskets import api as baskets
from turvaverkko.guidance import queries
from turvaverkko.guidance.models import Message


@dataclass(frozen=True, slots=True)
class Given:
    """One basket of a thread."""

    who: str
    sent_at: datetime
    entries: list[baskets.Entry]
    note: str


def given(messages: Iterable[Message]) -> list[Given]:
    """Return the baskets of the messages that the reader sees. One query when there are none."""
    language = get_language() or "fi"
    found = []
    for one in queries.given_baskets(messages):
        content = baskets.read(one.content)
        who = one.message.staff.display_name if one.message.staff else ""
        found.append(Given(who, one.message.sent_at, baskets.entries_of(content, language), content.note))
    return found
