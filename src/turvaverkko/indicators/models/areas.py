"""Areas of statistics and how many live in them. Both are dated: borders and numbering change."""

from typing import ClassVar

from django.db import models

from turvaverkko.indicators.rules import AreaKind
from turvaverkko.organisation.api import Dated, Named


class StatisticalArea(Named, Dated):
    """An area of which figures are told. What the organisation knows is pointed to by code, not by key.

    Personal data: none.
    """

    code = models.CharField(max_length=60, unique=True)  # "county:19", "municipality:564", "country:fi"
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.name) for kind in AreaKind])
    # Of the same time: a municipality's county, a service area's county.
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    sotkanet_id = models.PositiveIntegerField(null=True, blank=True, unique=True)
    # Sotkanet numbered the counties anew; answers of either number are of this area.
    former_sotkanet_id = models.PositiveIntegerField(null=True, blank=True)
    # Where it stands on the map of tiles: column and row from 0. Null: on no map.
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    # The code of the county whose pack names it; "" for the national ones.
    pack = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="statistical_area_dates_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "name_fi"], name="statistical_area_of_kind")]


class Population(models.Model):
    """How many persons lived in an area at the end of a year.

    Personal data: none (official statistics of whole municipalities).
    """

    area = models.ForeignKey(StatisticalArea, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    # "" for everybody; else an age group such as "0-17".
    ages = models.CharField(max_length=10, blank=True)
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "year", "ages"], name="population_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.year} {self.ages}"
