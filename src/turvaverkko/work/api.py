"""The door of `work`: anything that waits for somebody, and by when.

Queue       `queue(actor, Filters(…))` → `Queue` (slice it, count it), `item_for(actor, public_id)`,
            `items_of(matter)`, `load(units)`.
Items       `open_item`, `move_state`, `assign`, `move_to_unit`, `set_priority`, `close_item`, `reopen_item`:
            steps of an upper app's command, in its transaction.
Deadlines   `start_deadline`, `meet_deadline`, `drop_deadline`, `take_up_deadlines`, `pause`, `resume`,
            `deadlines_of`, `light_of`, `is_late`, `breaches`; `explain_breach` is a command.
Words       `due_words(foremost(deadlines), now)` for a queue; `explained(deadline, opening=…)` for a page.
Routes      `unit_on_route`, `routed_units`, `usable_units`; `stray_items` and `bring_home`.
"""

from turvaverkko.work.models import BREACH_REASONS, PAUSE_REASONS, Deadline, Route, WorkItem
from turvaverkko.work.queries import (
    QUEUE_ROLES,
    Filters,
    Queue,
    breaches,
    deadlines_of,
    explained,
    is_late,
    item_for,
    items_of,
    light_of,
    load,
    open_deadline,
    open_deadlines,
    queue,
    routed_units,
    stray_items,
    unit_on_route,
    usable_units,
)
from turvaverkko.work.rules import BreachReason, PauseReason, Priority
from turvaverkko.work.services import (
    About,
    assign,
    bring_home,
    close_item,
    drop_deadline,
    explain_breach,
    meet_deadline,
    move_state,
    move_to_unit,
    open_item,
    pause,
    reopen_item,
    resume,
    set_priority,
    start_deadline,
    take_up_deadlines,
    unmeet_deadline,
)
from turvaverkko.work.words import DueWords, due_words, foremost

__all__ = [
    "BREACH_REASONS",
    "PAUSE_REASONS",
    "QUEUE_ROLES",
    "About",
    "BreachReason",
    "Deadline",
    "DueWords",
    "Filters",
    "PauseReason",
    "Priority",
    "Queue",
    "Route",
    "WorkItem",
    "assign",
    "breaches",
    "bring_home",
    "close_item",
    "deadlines_of",
    "drop_deadline",
    "due_words",
    "explain_breach",
    "explained",
    "foremost",
    "is_late",
    "item_for",
    "items_of",
    "light_of",
    "load",
    "meet_deadline",
    "move_state",
    "move_to_unit",
    "open_deadline",
    "open_deadlines",
    "open_item",
    "pause",
    "queue",
    "reopen_item",
    "resume",
    "routed_units",
    "set_priority",
    "start_deadline",
    "stray_items",
    "take_up_deadlines",
    "unit_on_route",
    "unmeet_deadline",
    "usable_units",
]
