"""Single acts of the story that need more than a command: how a request is worded, opened, judged."""

from random import Random
from typing import Final

from turvaverkko.access.api import FamilyActor, StaffActor, seen
from turvaverkko.guidance import api as guidance
from turvaverkko.guidance.demo.story import Story, happens
from turvaverkko.guidance.forms import CALL_HOURS
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.guidance.rules import Asker, Danger, Urgency, Way
from turvaverkko.guidance.services.thread import mark_read
from turvaverkko.trail.api import Look

# The names of the pages on which staff and the family read a request.
DESK: Final = "guidance:desk-request"
STATUS: Final = "guidance:status"
MAY_LEAVE_MESSAGE: Final = 20


class NotVisible(LookupError):
    """Whom the story chose may not see the request: it was not given to their unit."""


def asking(story: Story, dice: Random) -> guidance.Asking:
    """Return the request as the family sends it."""
    hours = tuple(hour for hour in CALL_HOURS if happens(dice, 45)) if story.way is Way.CALL else ()
    contact = guidance.Contact(
        way=story.way,
        name=story.name,
        phone=story.phone,
        email=story.email,
        call_hours=hours,
        may_leave_message=story.way is Way.CALL and happens(dice, MAY_LEAVE_MESSAGE),
    )
    return guidance.Asking(
        asker=story.asker,
        words=story.text,
        urgency=story.urgency,
        contact=contact,
        language=story.language,
        municipality=story.municipality,
        child_age=story.child_age,
        topic=story.words.topic,
        danger=story.words.danger,
        needs_interpreter=story.interpreter,
        channel=story.channel,
    )


def told_later(story: Story) -> guidance.Contact:
    """Return what a family says of itself that had left nothing but its code."""
    return guidance.Contact(way=Way.CALL, name=story.name or "Perhe Esimerkki", phone=story.phone)


def opened(actor: StaffActor, request: ContactRequest) -> ContactRequest:
    """Open a request through the gate, as its page does: who looks is written down.

    Raises:
        NotVisible: the actor may not see it.
    """
    found = guidance.request_for(actor, request.public_id)
    if found is None:
        raise NotVisible
    request = seen(actor, [found], Look.READ, DESK)[0]
    mark_read(request, by_family=False)
    return request


def read_by_family(actor: FamilyActor) -> None:
    """The family opens its page with the code, and reads what was written to it."""
    found = guidance.request_of_family(actor)
    if found is None:
        raise NotVisible
    seen(actor, [found], Look.READ, STATUS)
    mark_read(found, by_family=True)


def judge(actor: StaffActor, request: ContactRequest, story: Story) -> None:
    """Check the urgency of a request that tells of danger."""
    today = story.urgency is Urgency.TODAY
    child = story.asker in {Asker.YOUTH, Asker.PROFESSIONAL}
    found = Danger.IMMEDIATE if today and child else Danger.SAME_DAY if today or child else Danger.NONE
    guidance.check_urgency(actor, request, found=found)


def means(story: Story) -> guidance.ContactAttempt.Means:
    """Return how the family is tried to be reached."""
    by_way = {Way.CALL: "call", Way.MAIL: "mail", Way.CODE: "message"}
    return guidance.ContactAttempt.Means(by_way[story.way])
