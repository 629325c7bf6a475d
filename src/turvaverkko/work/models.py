"""Work items, their deadlines, and the routes by which they reach a unit."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import Confidentiality, Gate, GuardedManager
from turvaverkko.core import time_source
from turvaverkko.core.constraints import exactly_one
from turvaverkko.core.deadlines import Unit as Counted
from turvaverkko.core.ids import new_public_id
from turvaverkko.work.rules import BreachReason, PauseReason, Priority

PRIORITIES = [
    (Priority.AT_ONCE.value, _("heti")),
    (Priority.SAME_DAY.value, _("samana päivänä")),
    (Priority.NORMAL.value, _("luvatussa ajassa")),
]
PAUSE_REASONS = [
    (PauseReason.WAITING_FAMILY.value, _("odottaa perhettä")),
    (PauseReason.WAITING_CONSENT.value, _("odottaa suostumusta")),
    (PauseReason.AGREED_LATER.value, _("sovittu myöhemmäksi")),
]
BREACH_REASONS = [
    (BreachReason.QUEUE.value, _("jonossa oli liikaa")),
    (BreachReason.ABSENCE.value, _("tekijä oli poissa")),
    (BreachReason.WRONG_UNIT.value, _("pyyntö oli väärässä yksikössä")),
    (BreachReason.UNREACHABLE.value, _("perhettä ei tavoitettu")),
    (BreachReason.TECHNICAL.value, _("järjestelmä ei toiminut")),
    (BreachReason.OTHER.value, _("muu syy")),
]


class WorkItem(models.Model):
    """Anything that waits for somebody: one row of every queue. What it is about hangs on it from above.

    Personal data: none in itself; which unit has a matter of which topic and from which municipality. Kept
    as long as the matter.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    matter = models.ForeignKey("access.Matter", on_delete=models.PROTECT, related_name="items")
    # Unit and confidentiality are the matter's, copied so that the queue reads one indexed table.
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="items")
    confidentiality = models.PositiveSmallIntegerField(default=Confidentiality.NORMAL)
    assignee = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    priority = models.PositiveSmallIntegerField(choices=PRIORITIES, default=Priority.NORMAL)
    # Codes, not keys: the directory lies on a floor above.
    municipality = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    next_due = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(default=time_source.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)

    objects = GuardedManager["WorkItem"]()
    GATE: ClassVar = Gate("work.item", unit="unit_id", confidentiality="confidentiality")

    class Meta:
        """The queue: open items of some units, the earliest due first."""

        indexes: ClassVar = [
            models.Index(
                fields=["unit", "confidentiality", "priority", "next_due", "id"],
                name="open_items_of_unit",
                condition=models.Q(closed_at__isnull=True),
            ),
            # Who sees many units reads the queue in its order and stops at the end of the page.
            models.Index(
                fields=["priority", "next_due", "id"],
                name="open_items_by_urgency",
                condition=models.Q(closed_at__isnull=True),
                include=["unit", "confidentiality"],
            ),
            models.Index(
                fields=["matter"], name="open_items_of_matter", condition=models.Q(closed_at__isnull=True)
            ),
            models.Index(
                fields=["assignee"], name="open_items_of_assignee", condition=models.Q(closed_at__isnull=True)
            ),
            models.Index(fields=["unit", "closed_at"], name="closed_items_of_unit"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=False) | models.Q(outcome=""),
                name="open_item_has_no_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.public_id}"


class Deadline(models.Model):
    """One promise or limit of a work item. What was promised is stored and does not move with the rule.

    Personal data: none.
    """

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="deadlines")
    policy = models.SlugField(max_length=60)
    policy_version = models.PositiveSmallIntegerField()
    counted_in = models.CharField(max_length=20, choices=[(unit.value, unit.name) for unit in Counted])
    # Whether it stands still while the family is waited for, as the policy said when it started.
    may_pause = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    last_day = models.DateField()
    # The last day as it was promised at first; empty while no pause has moved it.
    promised_day = models.DateField(null=True, blank=True)
    half_day = models.DateField()
    near_day = models.DateField()
    met_at = models.DateTimeField(null=True, blank=True)
    # Given up: the item closed or became another kind before it was met.
    dropped_at = models.DateTimeField(null=True, blank=True)
    # Why it is not needed: a code of the app whose limit it is; empty for a promise that ended with its item.
    drop_reason = models.CharField(max_length=40, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=20, choices=PAUSE_REASONS, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    # Counting days that pauses have added so far.
    days_paused = models.PositiveSmallIntegerField(default=0)
    # When it was written into the trail that it was missed: once.
    breached_at = models.DateTimeField(null=True, blank=True)
    breach_reason = models.CharField(max_length=20, choices=BREACH_REASONS, blank=True)

    objects = GuardedManager["Deadline"]()
    GATE: ClassVar = Gate(
        "work.item",
        matter="item__matter_id",
        unit="item__unit_id",
        confidentiality="item__confidentiality",
        matter_public_id="item__matter__public_id",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="deadline_still_open",
                condition=models.Q(met_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(
                fields=["paused_until"],
                name="deadline_to_wake",
                condition=models.Q(met_at__isnull=True, dropped_at__isnull=True, paused_until__isnull=False),
            ),
            models.Index(
                fields=["due_at"],
                name="breach_without_reason",
                condition=models.Q(breached_at__isnull=False, breach_reason=""),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "policy"],
                name="deadline_once_open",
                condition=models.Q(met_at__isnull=True, dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(paused_at__isnull=True, pause_reason="")
                | (models.Q(paused_at__isnull=False) & ~models.Q(pause_reason="")),
                name="pause_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(paused_at__isnull=True) | models.Q(may_pause=True),
                name="only_what_may_stands_still",
            ),
            models.CheckConstraint(
                condition=models.Q(drop_reason="") | models.Q(dropped_at__isnull=False),
                name="reason_is_of_a_drop",
            ),
            models.CheckConstraint(
                condition=models.Q(breach_reason="") | models.Q(breached_at__isnull=False),
                name="reason_is_of_a_breach",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} v{self.policy_version} #{self.pk}"


class Pause(models.Model):
    """That a deadline stood still and for how long; written when it goes on, so that it can explain itself.

    Personal data: none.
    """

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=20, choices=PAUSE_REASONS)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    # Days of the deadline's own calendar by which it moved.
    days = models.PositiveSmallIntegerField()

    objects = GuardedManager["Pause"]()
    GATE: ClassVar = Gate(
        "work.item",
        matter="deadline__item__matter_id",
        unit="deadline__item__unit_id",
        confidentiality="deadline__item__confidentiality",
        matter_public_id="deadline__item__matter__public_id",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_at__gte=models.F("began_at")), name="pause_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} #{self.pk}"


class Route(models.Model):
    """Where a kind of work goes: to which unit, from a municipality, from an area or from anywhere.

    The county's own row (no place) is the duty queue: what no other row names is never lost.

    Personal data: none.
    """

    kind = models.CharField(max_length=40)
    county = models.ForeignKey(
        "organisation.County", on_delete=models.CASCADE, null=True, blank=True, related_name="routes"
    )
    area = models.ForeignKey(
        "organisation.Area", on_delete=models.CASCADE, null=True, blank=True, related_name="routes"
    )
    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.CASCADE, null=True, blank=True, related_name="routes"
    )
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="routes")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=exactly_one(("county", "area", "municipality")), name="route_has_one_place"
            ),
            models.UniqueConstraint(
                fields=["kind", "county"],
                name="route_once_a_county",
                condition=models.Q(county__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "area"], name="route_once_an_area", condition=models.Q(area__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["kind", "municipality"],
                name="route_once_a_municipality",
                condition=models.Q(municipality__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.unit_id}"
