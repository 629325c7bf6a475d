"""Forgetting by rule: contact details of closed anonymous requests, old drafts."""

from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.commands import command, note
from turvaverkko.guidance import policies, queries
from turvaverkko.guidance.models import ContactDetails, ContactRequest
from turvaverkko.notices.api import forget_matter

PURGER = SystemActor("guidance.purge")


@command("guidance.purge_contact", allow=policies.is_system, sentence=_("Yhteystiedot poistettiin"))
def purge_contact(_actor: SystemActor, request: ContactRequest) -> ContactDetails:
    """Delete how a family could be reached; that it was done, when and by which rule stays."""
    details = queries.contact_of(request)
    details.name = details.phone = details.email = details.call_hours = ""
    details.purged_at = time_source.now()
    details.save(update_fields=["name", "phone", "email", "call_hours", "purged_at"])
    forget_matter(request.matter.public_id)
    note(unit=request.item.unit.public_id, reason="retention", rule="contact-details-90-days")
    return details


def purge_contacts(*, dry_run: bool = False) -> int:
    """Purge what is due, row by row so that a stop loses nothing; return how many (or how many would be)."""
    due = queries.contact_details_to_purge()
    if dry_run:
        return due.count()
    purged = [purge_contact(PURGER, details.request) for details in due]
    return len(purged)


def forget_drafts() -> int:
    """Delete the drafts of families and of staff whose time is over; return how many."""
    deleted, _by_model = queries.drafts_to_forget().delete()
    left, _by_model = queries.half_written_to_forget().delete()
    return deleted + left
