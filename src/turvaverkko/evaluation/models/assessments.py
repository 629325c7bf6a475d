"""What is said of a goal in a round, and the figures on which it was said."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.ids import PUBLIC_ID_LENGTH, new_public_id
from turvaverkko.evaluation.models.base import Texted
from turvaverkko.evaluation.models.goals import Goal
from turvaverkko.evaluation.models.rounds import Round
from turvaverkko.evaluation.rules import Verdict
from turvaverkko.indicators.rules_api import Origin, PeriodKind, Qualifier, Status
from turvaverkko.organisation.api import Named

VERDICTS = [(one.value, one.name) for one in Verdict]


class Assessment(Texted):
    """A goal in a round: the text of its author, what the rule says, and what a person judges and why.

    The rule's word is kept when the round freezes; of an open round it is worked out for each page.

    Personal data: which member of staff wrote and judged. Kept with the round.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="assessments")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="assessments")
    # "" where the text came with the pack.
    written_by = models.CharField(max_length=80, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    rule_verdict = models.CharField(max_length=10, choices=VERDICTS, blank=True)
    rule_reasons = models.JSONField(default=list, blank=True)
    judgement = models.CharField(max_length=10, choices=VERDICTS, blank=True)
    judgement_reason = models.TextField(blank=True)
    judged_by = models.CharField(max_length=80, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goal", "round"], name="assessment_once"),
            models.CheckConstraint(
                name="judgement_has_a_reason",
                condition=models.Q(judgement="") | ~models.Q(judgement_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.round_id}"


class FrozenFigure(Named):
    """One indicator of a goal in one area as it stood when a round froze; a later revision changes nothing.

    Everything that the page needs stands here: definitions change and go, a frozen round does not.

    Personal data: none.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="figures")
    edition = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    indicator_code = models.SlugField(max_length=80)
    unit_fi = models.CharField(max_length=60, blank=True)
    unit_sv = models.CharField(max_length=60, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    # "" and null: there was no figure.
    area_code = models.CharField(max_length=60, blank=True)
    area_fi = models.CharField(max_length=200, blank=True)
    area_sv = models.CharField(max_length=200, blank=True)
    area_en = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=30, blank=True)
    period_kind = models.CharField(
        max_length=10, choices=[(one.value, one.name) for one in PeriodKind], blank=True
    )
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in Qualifier], blank=True
    )
    origin = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Origin], blank=True)
    status = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Status], blank=True)
    footnote_fi = models.TextField(blank=True)
    earlier_period = models.CharField(max_length=30, blank=True)
    earlier_start = models.DateField(null=True, blank=True)
    earlier_end = models.DateField(null=True, blank=True)
    earlier_value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    earlier_qualifier = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in Qualifier], blank=True
    )
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    reasons = models.JSONField(default=list, blank=True)
    better = models.BooleanField(null=True)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["assessment", "edition", "order"], name="frozen_figure_of_edition"),
        ]
