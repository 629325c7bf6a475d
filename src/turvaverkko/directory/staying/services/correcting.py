"""What an editor does with a correction, and forgetting what was written in it."""

from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.commands import command, note
from turvaverkko.directory.search.api import index_entry
from turvaverkko.directory.states import HIDDEN, LISTING
from turvaverkko.directory.staying import policies, rules, standing, states
from turvaverkko.directory.staying.models import Correction


@command("staying.correct", allow=policies.may_correct, sentence=_("Korjaus tehtiin"))
def finish(_actor: object, correction: Correction, *, show_again: bool = False) -> Correction:
    """Close a correction: the listing says what is true, or it stays hidden.

    Args:
        _actor: an editor.
        correction: an open one.
        show_again: publish the listing that the organisation's answer had hidden.

    Raises:
        IllegalMove: somebody was faster, or the organisation took it back.
    """
    correction.state = states.CORRECTION.after(correction.state, "finish")
    correction.closed_at = time_source.now()
    correction.save(update_fields=["state", "closed_at"])
    listing = standing.locked_listing(correction.about, correction.listing)
    if show_again and listing.state == HIDDEN:
        listing.state = LISTING.after(listing.state, "publish")
        listing.save(update_fields=["state"])
        index_entry(f"{correction.about}/{listing.slug}")
    note(listing=listing.public_id, shown=show_again)
    return correction


def forget_words() -> int:
    """Erase what was written in corrections that ended long ago; return of how many."""
    old = Correction.objects.filter(closed_at__lt=time_source.now() - rules.WORDS_KEPT)
    return old.update(words="", contact="")
