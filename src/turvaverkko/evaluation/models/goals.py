"""The tree of goals: benefit goals rest on outcome goals, those on process goals, those on indicators."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language

from turvaverkko.evaluation.models.base import Texted
from turvaverkko.evaluation.rules import GoalKind
from turvaverkko.indicators.api import Indicator
from turvaverkko.organisation.api import County, Named


class Goal(Named, Texted):
    """Something that the county is after. One that left the pack stays, for the rounds that told of it.

    Personal data: none.
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.name) for kind in GoalKind])
    parents = models.ManyToManyField("self", symmetrical=False, through="GoalLink", related_name="children")
    # What a reader must know of the goal itself, such as that its place in the tree was inferred.
    note_fi = models.TextField(blank=True)
    note_sv = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_archived = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["order", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["county", "code"], name="goal_once")]

    @property
    def note(self) -> str:
        """The note in the reader's language, or in Finnish."""
        return getattr(self, f"note_{get_language()}", "") or self.note_fi


class GoalLink(models.Model):
    """That a goal serves another one of the floor above. A process goal may serve several.

    Personal data: none.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="links")
    parent = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="links_below")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["goal", "parent"], name="goal_link_once")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.parent_id}"


class GoalIndicator(Texted):
    """That an indicator tells of a goal; the text says what is aimed at.

    Personal data: none.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="indicator_links")
    # A definition that left the pack takes its links with it; frozen rounds keep figures of their own.
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goal", "indicator"], name="goal_indicator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.indicator_id}"
