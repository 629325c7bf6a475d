"""What the models of this app share: names in the official languages and validity in time."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language


class Named(models.Model):
    """A thing with an official name in Finnish, Swedish and English; Finnish is the fallback."""

    name_fi = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_fi

    @property
    def name(self) -> str:
        """The name in the reader's language, or in Finnish where it has none."""
        return self.name_in(get_language() or "fi")

    def name_in(self, language: str) -> str:
        """The name in `language` (a language code), or in Finnish where it has none."""
        return getattr(self, f"name_{language}", "") or self.name_fi


class Dated(models.Model):
    """A fact that holds from a day to a day, both included; an open end holds on."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    DATED_CHECK: ClassVar[models.Q] = (
        models.Q(valid_from__isnull=True)
        | models.Q(valid_to__isnull=True)
        | models.Q(valid_from__lte=models.F("valid_to"))
    )

    class Meta:
        abstract = True


class AtLayer(models.Model):
    """What is said of a county, an area or a municipality. The model tells what all empty means."""

    county = models.ForeignKey(
        "organisation.County",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    area = models.ForeignKey(
        "organisation.Area",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    municipality = models.ForeignKey(
        "organisation.Municipality",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True
