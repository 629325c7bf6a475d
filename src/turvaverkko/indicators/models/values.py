"""Figures: one number of one indicator, area, time and group, from one origin."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.indicators.models.areas import StatisticalArea
from turvaverkko.indicators.models.definitions import Indicator
from turvaverkko.indicators.rules import SHOWN, Origin, PeriodKind, Qualifier, Status


class SourceFile(models.Model):
    """The file from which figures were read or entered: kept with who brought it.

    Personal data: none of families; which member of staff brought it. Kept with its figures.
    """

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    brought_at = models.DateTimeField(default=time_source.now, editable=False)
    brought_by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """One number. It is never changed: a better one replaces it, and both remain.

    Personal data: none (counts of persons under five are not kept as figures; `small_numbers`). Which member
    of staff entered and approved it.
    """

    # Without an index of their own: those below begin with them.
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="figures", db_index=False)
    area = models.ForeignKey(
        StatisticalArea, on_delete=models.PROTECT, related_name="figures", db_index=False
    )
    # What tells times apart ("2021", "2021-Q3", "2021-05", "round 2"; `rules.key_of`), and where they lie.
    period = models.CharField(max_length=30)
    period_kind = models.CharField(max_length=10, choices=[(one.value, one.name) for one in PeriodKind])
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    period_order = models.PositiveSmallIntegerField(default=0)
    # "" for everybody; else sex or age as the source tells: "female", "13-17".
    group = models.CharField(max_length=40, blank=True)
    # Null: the source says that there is none, or hides it.
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    # What a share was counted from, where it is known.
    numerator = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in Qualifier], blank=True
    )
    status = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in Status], default=Status.FINAL
    )
    origin = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Origin])
    footnote_fi = models.TextField(blank=True)
    # The key of a figure of a pack, such as "seed:12"; "" for the others.
    source_key = models.CharField(max_length=60, blank=True)
    source_file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(default=time_source.now, editable=False)
    entered_by = models.CharField(max_length=80, blank=True)
    approved_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["indicator", "area", "period_start"], name="figure_of_series"),
            models.Index(fields=["area", "indicator"], name="figure_of_area"),
            # The newest of each indicator, by its time and by when it was written; what was reported.
            models.Index(fields=["indicator", "period_end"], name="figure_newest"),
            models.Index(fields=["indicator", "id"], name="figure_written_last"),
            models.Index(fields=["origin", "indicator", "area"], name="figure_of_origin"),
            models.Index(
                fields=["area", "indicator"],
                condition=models.Q(value__isnull=True),
                name="figure_without_value",
            ),
        ]
        constraints: ClassVar = [
            # One figure holds for each thing and origin; rows of a pack are told apart by their own key.
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "group", "origin", "source_key"],
                condition=models.Q(status__in=sorted(SHOWN)),
                name="one_figure_holds",
            ),
            # Four eyes: who entered a figure does not approve it.
            models.CheckConstraint(
                condition=models.Q(approved_by="") | ~models.Q(approved_by=models.F("entered_by")),
                name="figure_approved_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(period_start__isnull=True, period_end__isnull=True)
                | models.Q(period_start__lte=models.F("period_end")),
                name="figure_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period_start}"
