"""Rows of indicators. Definitions and public figures come from packs and sources; none is of a person."""

from turvaverkko.indicators.models.areas import Population, StatisticalArea
from turvaverkko.indicators.models.definitions import Indicator, QualityNote
from turvaverkko.indicators.models.values import Figure, SourceFile

__all__ = ["Figure", "Indicator", "Population", "QualityNote", "SourceFile", "StatisticalArea"]
