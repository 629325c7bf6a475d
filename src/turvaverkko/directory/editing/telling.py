"""What is told by letter: that there is something to read, and the link by which a partner signs in."""

from datetime import timedelta

from turvaverkko.directory.editing import queries
from turvaverkko.directory.editing.models import JoinRequest, Review, SignInLink
from turvaverkko.notices.api import Address, BadAddress, post


def tell_received(asked: JoinRequest) -> None:
    """Say that an ask to join arrived and by when it is answered."""
    facts = {"promised_by": asked.item.next_due} if asked.item.next_due else {}
    _post("join-received", asked.public_id, asked.email, asked.language, facts=facts)


def tell_answered(asked: JoinRequest) -> None:
    """Say that an ask to join was answered; how, stands behind the link."""
    _post("join-answered", asked.public_id, asked.email, asked.language)


def tell_link(link: SignInLink, language: str) -> None:
    """Send a sign-in link. It leaves at once: somebody waits for it."""
    _post("sign-in-link", link.public_id, link.staff.email, language, hold=timedelta())


def tell_reviewed(review: Review) -> None:
    """Say to who sent it that a review was answered."""
    email, _name = queries.address_of(review.sent_by)
    _post("listing-answered", review.public_id, email, review.language)


def _post(template: str, about: str, email: str, language: str, **more: object) -> None:
    try:
        to = Address(email)
    except BadAddress:
        return  # forgotten since, or the account is gone: the page tells the same
    post(
        template=template,
        to=to,
        language=language,
        matter="",
        purpose="editing",
        key=f"{template}-{about}",
        about=about,
        **more,  # type: ignore[arg-type]
    )
