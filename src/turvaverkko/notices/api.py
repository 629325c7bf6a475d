"""The door of `notices`: content-free notices that a family or a worker has asked for.

Sending     `post(template=, to=Address(…), language=, matter=, purpose=, key=, facts=)`: a step in the
            caller's transaction. Codes and facts: `TEMPLATES`. `register_page(Page.STATUS, "app:view")` says
            where a notice leads; with a third argument each leads to a page of its own (`about=`).
Undo        `stop(key)`, `stop_for(matter, purpose=…)`: steps, while it has not left.
Wishes      `prefer(actor, matter, wish=Preference.Wish.NONE, safe_hours=SafeHours(…))`,
            `preference_of(matter)`.
Vetoes      `veto_matter`, `veto_address`, `lift_veto`; `vetoes_of(matter)`, `veto_of_address(address.hash)`.
Letters     `dead_letters()`, `dead_kinds()`, `retry(actor, notice)`, `retry_kind(actor, template)`,
            `drop(actor, notice, reason=…)`, whose right is `may_tend_letters`; `RETRIED_AT_ONCE`,
            `first_failed(notice)`; `notices_of(matter)`, `notice_by_key(key)`.
Retention   `forget_matter(matter)`: a step.
"""

from turvaverkko.notices.addresses import Address, BadAddress, Channel
from turvaverkko.notices.letters import register_page
from turvaverkko.notices.models import Notice, Preference, Veto
from turvaverkko.notices.policies import may_tend_letters
from turvaverkko.notices.queries import (
    dead_kinds,
    dead_letters,
    first_failed,
    notice_by_key,
    notices_of,
    preference_of,
    veto_of_address,
    vetoes_of,
)
from turvaverkko.notices.rules import HOLD, RETRIED_AT_ONCE, NotACode, SafeHours
from turvaverkko.notices.services import (
    drop,
    forget_matter,
    lift_veto,
    post,
    prefer,
    retry,
    retry_kind,
    stop,
    stop_for,
    veto_address,
    veto_matter,
)
from turvaverkko.notices.templates import TEMPLATES, FactNotAllowed, Page

__all__ = [
    "HOLD",
    "RETRIED_AT_ONCE",
    "TEMPLATES",
    "Address",
    "BadAddress",
    "Channel",
    "FactNotAllowed",
    "NotACode",
    "Notice",
    "Page",
    "Preference",
    "SafeHours",
    "Veto",
    "dead_kinds",
    "dead_letters",
    "drop",
    "first_failed",
    "forget_matter",
    "lift_veto",
    "may_tend_letters",
    "notice_by_key",
    "notices_of",
    "post",
    "prefer",
    "preference_of",
    "register_page",
    "retry",
    "retry_kind",
    "stop",
    "stop_for",
    "veto_address",
    "veto_matter",
    "veto_of_address",
    "vetoes_of",
]
