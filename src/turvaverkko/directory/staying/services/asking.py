"""The nightly letters: whoever answers for what is due is asked whether it is still true."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.commands import command, note
from turvaverkko.directory.staying import policies, queries, rules, standing
from turvaverkko.directory.staying.models import Ask, Asked, ListingContact
from turvaverkko.directory.staying.rules import Step
from turvaverkko.directory.staying.standing import Standing
from turvaverkko.notices.api import Address, BadAddress, post
from turvaverkko.organisation.api import Organisation

ASKER: Final = SystemActor("listing-asker")
PURPOSE: Final = "directory.listings"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A listing of which a letter is to tell, and which step it is."""

    listing: Standing
    step: Step


def ask_all() -> int:
    """Send every organisation with an address its letter, if one is due; return how many were sent.

    Run twice, or killed in between and run again, it sends each letter once: what was asked is written in
    the transaction of the letter.
    """
    today = time_source.today()
    contacts = {row.organisation_id: row for row in ListingContact.objects.select_related("organisation")}
    wanted = _wanted(contacts)
    last = dict(Ask.objects.values_list("organisation_id").annotate(last=Max("asked_at")))
    sent = 0
    for key, listings in wanted.items():
        before = last.get(key)
        if rules.may_write(time_source.local_day(before) if before else None, today):
            sent += ask(ASKER, contacts[key].organisation, listings) is not None
    return sent


@command("staying.ask", allow=policies.is_system, sentence=_("Tietojen vahvistusta pyydettiin"))
def ask(_actor: SystemActor, organisation: Organisation, wanted: Sequence[Wanted]) -> Ask | None:
    """Write a letter to an organisation about listings that are due; None when nothing can be sent there."""
    contact = ListingContact.objects.filter(organisation=organisation).first()
    to = _address(contact)
    if contact is None or to is None:
        return None
    late = any(one.step is Step.REMIND for one in wanted)
    made = Ask.objects.create(organisation=organisation, step=Step.REMIND if late else Step.ASK)
    Asked.objects.bulk_create(
        [
            Asked(
                ask=made, about=one.listing.about, listing=one.listing.public_id, due=_due(one), step=one.step
            )
            for one in wanted
        ]
    )
    earliest = min(_due(one) for one in wanted)
    is_over = late or earliest < time_source.today()
    post(
        template="listings-late" if is_over else "listings-due",
        to=to,
        language=contact.language,
        matter="",
        purpose=PURPOSE,
        key=f"listings-{made.public_id}",
        facts={"link_until": (made.asked_at + rules.LINK_HOLDS).date()}
        if is_over
        else {"check_by": earliest},
        about=made.public_id,
    )
    note(step=made.step, listings=len(wanted))
    return made


def _wanted(contacts: Mapping[int, ListingContact]) -> dict[int, list[Wanted]]:
    """What is due by organisation: of several that keep a place the first one with an address is asked."""
    sent: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    for about, listing, due, done in Asked.objects.values_list("about", "listing", "due", "step"):
        sent[(about, listing, due)].add(done)
    found: dict[int, list[Wanted]] = defaultdict(list)
    in_hand = queries.being_corrected()
    for one in standing.due_of(standing.everything()):
        if one.key in in_hand:
            continue
        asked = next((key for key in one.organisations if key in contacts), None)
        step = rules.step(one.stage, sent[(one.about, one.public_id, one.due or date.min)])
        if asked is not None and step is not None:
            found[asked].append(Wanted(one, step))
    return found


def _due(one: Wanted) -> date:
    return one.listing.due or time_source.today()


def _address(contact: ListingContact | None) -> Address | None:
    try:
        return Address(contact.email) if contact else None
    except BadAddress:
        return None  # the pack checks what it brings; what was written otherwise may still be wrong
