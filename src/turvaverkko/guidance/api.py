"""The door of `guidance`: requests for help and their threads.

Family      `begin_draft`, `save_draft`, `ask.once(draft.public_id, ANONYMOUS, draft, Asking(…))`,
            `family_behind(code)` → `FamilyActor`, `request_of_family`, `thread`, `write`, `identify`,
            `withdraw`.
Guides      `request_for(actor, public_id)`, `take`, `release`, `record_contact`, `answer`, `take_back`,
            `add_note`, `check_urgency`, `mark_kind`, `wait_for_family`, `hand_over`, `resolve`, `reopen`.
"""

from turvaverkko.guidance.models import (
    ASKERS,
    DANGERS,
    KINDS,
    OUTCOMES,
    RESOLUTIONS,
    URGENCIES,
    WAYS,
    ContactAttempt,
    ContactRequest,
    Message,
)
from turvaverkko.guidance.queries import family_behind, request_for, request_of_family, thread
from turvaverkko.guidance.rules import DEVICE_COOKIE, Asker, Danger, Kind, Outcome, Resolution, Urgency, Way
from turvaverkko.guidance.services.asking import (
    Asking,
    Contact,
    NoRoute,
    ask,
    begin_draft,
    identify,
    save_draft,
    withdraw,
)
from turvaverkko.guidance.services.handling import (
    AlreadyTaken,
    NotEnoughTries,
    add_note,
    assign_to,
    check_urgency,
    hand_over,
    mark_kind,
    record_contact,
    release,
    reopen,
    resolve,
    take,
    wait_for_family,
)
from turvaverkko.guidance.services.thread import answer, take_back, write

__all__ = [
    "ASKERS", "DANGERS", "DEVICE_COOKIE", "KINDS", "OUTCOMES", "RESOLUTIONS", "URGENCIES", "WAYS",
    "AlreadyTaken", "Asker", "Asking", "Contact", "ContactAttempt", "ContactRequest", "Danger", "Kind",
    "Message", "NoRoute", "NotEnoughTries", "Outcome", "Resolution", "Urgency", "Way", "add_note", "answer",
    "ask", "assign_to", "begin_draft", "check_urgency", "family_behind", "hand_over", "identify", "mark_kind",
    "record_contact", "release", "reopen", "request_for", "request_of_family", "resolve", "save_draft",
    "take", "take_back", "thread", "wait_for_family", "withdraw", "write",
]  # fmt: skip
