"""What one person proposes and another decides on. The figures themselves wait as drafts among the others."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.core.ids import PUBLIC_ID_LENGTH, new_public_id
from turvaverkko.indicators.entry.states import APPROVED, PROPOSAL, RETURNED, TAKEN_BACK
from turvaverkko.indicators.models import Figure, SourceFile


class Proposal(models.Model):
    """One figure or one spreadsheet of them, from one source file.

    Personal data: none of families; which members of staff brought it, decided on it and took it back, and
    the reasons that they wrote. Kept with its figures.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    # A file makes one proposal: two presses of the button are one.
    source_file = models.OneToOneField(SourceFile, on_delete=models.PROTECT, related_name="proposal")
    state = models.CharField(
        max_length=12, choices=[(one, one) for one in PROPOSAL.states], default=PROPOSAL.initial
    )
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=time_source.now, editable=False)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=80, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    # Why it was returned or taken back.
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["state", "-made_at"], name="proposal_of_state")]
        constraints: ClassVar = [
            # Four eyes: who brought figures does not decide on them.
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("made_by")), name="proposal_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[APPROVED, RETURNED, TAKEN_BACK]) | ~models.Q(decided_by=""),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[RETURNED, TAKEN_BACK]) | ~models.Q(reason=""),
                name="proposal_undone_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ProposedFigure(models.Model):
    """One figure of a proposal: a draft until it is approved, and what it took the place of.

    Personal data: none.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="lines")
    figure = models.OneToOneField(Figure, on_delete=models.CASCADE, related_name="proposed")
    # The figure that held until this one was approved; null: there was none.
    before = models.ForeignKey(Figure, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # What changed in the counting, if who brought it says so: becomes a note on quality when approved.
    break_fi = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.figure_id}"
