"""Rounds of evaluation, what happened to them, and what is wrong with what their source says."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.core.ids import PUBLIC_ID_LENGTH, new_public_id
from turvaverkko.evaluation.models.base import Texted
from turvaverkko.evaluation.models.goals import Goal
from turvaverkko.evaluation.rules import RoundState
from turvaverkko.indicators.rules_api import NoteKind
from turvaverkko.organisation.api import County


class Round(models.Model):
    """One evaluation of all goals, made in a month. Frozen, it keeps its figures and texts as they stood.

    Personal data: which member of staff froze it.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=7)  # "2021-05"
    name = models.CharField(max_length=7)  # "5/2021"
    month = models.DateField()  # its first day
    source_fi = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.name) for state in RoundState], default=RoundState.OPEN
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.CharField(max_length=80, blank=True)
    # Counts the freezings. Figures of an earlier one stay beside those of a later one.
    edition = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "code"], name="round_once"),
            models.CheckConstraint(
                name="round_frozen_at_a_time",
                condition=models.Q(state="frozen", frozen_at__isnull=False)
                | models.Q(state="open", frozen_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it can still be written."""
        return self.state == RoundState.OPEN


class RoundChange(models.Model):
    """That a round was opened, frozen or opened again, by whom, and why it was opened again.

    Personal data: which member of staff did it. Kept with the round.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=10, choices=[(state.value, state.name) for state in RoundState])
    at = models.DateTimeField(default=time_source.now, editable=False)
    by = models.CharField(max_length=80)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.round_id} {self.state}"


class RoundNote(Texted):
    """What the source of a round leaves out, contradicts or does not label; of one goal, or of the round.

    Personal data: none.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="notes")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, null=True, blank=True, related_name="notes")
    code = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=[(one.value, one.name) for one in NoteKind])

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "code"], name="round_note_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
