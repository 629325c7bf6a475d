"""What an indicator means, and what is known to be wrong with it."""

from typing import ClassVar

from django.db import models

from turvaverkko.indicators.rules import Direction, NoteKind, Source
from turvaverkko.organisation.api import Dated, Named


class Indicator(Named, Dated):
    """A definition: what is counted, of whom, from where, which way is better and what is aimed at.

    One that left the pack ends and stays: others may hold figures of it.

    Personal data: none.
    """

    code = models.SlugField(max_length=80, unique=True)
    unit_fi = models.CharField(max_length=60)
    unit_sv = models.CharField(max_length=60, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    # What is counted and of what it is a share; empty where the source does not tell (a note says so).
    numerator_fi = models.TextField(blank=True)
    denominator_fi = models.TextField(blank=True)
    source = models.CharField(max_length=20, choices=[(one.value, one.name) for one in Source])
    source_name_fi = models.CharField(max_length=200, blank=True)
    direction = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Direction])
    # No number: "not set", which is told as such.
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    target_fi = models.CharField(max_length=300, blank=True)
    # The role that answers for the figure, as the county names it; never a person.
    owner_role = models.CharField(max_length=80, blank=True)
    method_fi = models.TextField(blank=True)
    # Persons of which it tells, where not all: "8. ja 9. luokan oppilaat", "13-17 v".
    population_fi = models.CharField(max_length=120, blank=True)
    sotkanet_id = models.PositiveIntegerField(null=True, blank=True)
    # The title by which the number was chosen: figures are refused when the source's differs.
    sotkanet_title_fi = models.CharField(max_length=300, blank=True)
    # Whether somebody has checked that the source's indicator is the one the figures were taken from.
    sotkanet_verified = models.BooleanField(default=False)
    # Declared in code (`computed.py`): its figures are worked out from daily work.
    computed = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # The code of the county whose pack defines it; "" for those declared in code.
    pack = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="indicator_dates_in_order"),
        ]


class QualityNote(models.Model):
    """What is missing from or wrong with an indicator's figures, from a time on or of one figure.

    Personal data: none.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="notes")
    code = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=[(one.value, one.name) for one in NoteKind])
    # A break lies at the beginning of this day; null: the note is of the whole series.
    at = models.DateField(null=True, blank=True)
    text_fi = models.TextField()
    text_sv = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    # The code of the county whose pack says it; "" for the others.
    pack = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "code"], name="quality_note_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
