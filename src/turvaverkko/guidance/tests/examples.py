"""Rows of this app's kinds, for the walk through the matrix."""

from turvaverkko.access.api import Matter
from turvaverkko.access.testing import example, staff
from turvaverkko.core.ids import new_public_id
from turvaverkko.guidance.models import ContactRequest, InternalNote
from turvaverkko.guidance.rules import Asker, Way
from turvaverkko.work.api import About, open_item


def request_of(matter: Matter) -> ContactRequest:
    """A request on a matter, as the family sent it."""
    item = open_item(matter, kind="guidance.request", state="new", about=About())
    request = ContactRequest(
        matter=matter,
        item=item,
        code_hash=new_public_id(),
        asker=Asker.PARENT,
        way=Way.CODE,
        words="apua",
        language="fi",
    )
    request.save()
    return request


def note_of(matter: Matter) -> InternalNote:
    """A colleague's note on a request."""
    writer = staff(f"{new_public_id()}@example.invalid")
    note = InternalNote(request=request_of(matter), staff=writer, text="muista")
    note.save()
    return note


example("guidance.request", request_of)
example("guidance.note", note_of)
