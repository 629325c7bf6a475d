"""The one way in which the state of a request changes."""

from turvaverkko.core import time_source
from turvaverkko.guidance import states
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.organisation.api import host_county, local_days, path_of_county
from turvaverkko.work.api import move_state, resume


def move(request: ContactRequest, action: str) -> str:
    """Do an action of the machine; return the state before it. Deadlines that stood still go on.

    Raises:
        IllegalMove: the action cannot follow the present state.
    """
    item = request.item
    before = item.state
    after = states.CONTACT_REQUEST.after(before, action)
    move_state(item, after)
    if before == states.WAITING_FAMILY and after != states.WAITING_FAMILY:
        resume(item, local_days(path_of_county(host_county()), time_source.today()))
    return before
