"""What is told to a family outside its own page: that there is something to read, never what."""

from datetime import datetime

from turvaverkko.guidance import queries
from turvaverkko.guidance.models import ContactRequest, Message
from turvaverkko.guidance.rules import Way
from turvaverkko.notices.api import Address, BadAddress, post, stop, stop_for

# Requests are always told discreetly: neither the service nor the kind of the notice shows in the mail.
DISCREET = True


def tell_received(request: ContactRequest, promised_by: datetime | None) -> None:
    """Say that the request arrived and by when it is answered."""
    facts = {"promised_by": promised_by} if promised_by else {}
    _post(request, "received", f"request-{request.public_id}", facts)


def tell_answered(message: Message) -> None:
    """Say that there is an answer to read; it leaves when the answer can no longer be taken back."""
    _post(message.request, "to-read", f"answer-{message.pk}", {})


def untell_answered(message: Message) -> None:
    """Stop the notice of an answer that was taken back."""
    stop(f"answer-{message.pk}")


def stop_telling(request: ContactRequest) -> None:
    """Stop everything that is on its way: the family took the request back."""
    stop_for(request.matter.public_id)


def _post(request: ContactRequest, template: str, key: str, facts: dict[str, datetime]) -> None:
    contact = queries.contact_of(request)
    if request.way != Way.MAIL or contact.do_not_contact or not contact.email:
        return
    try:
        to = Address(contact.email)
    except BadAddress:
        return  # checked when it was typed; an imported one may still be wrong, and the code works without
    post(
        template=template,
        to=to,
        language=request.language,
        matter=request.matter.public_id,
        purpose="guidance.request",
        key=key,
        facts=facts,
        discreet=DISCREET,
    )
