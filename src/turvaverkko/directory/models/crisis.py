"""Crisis lines: the numbers that stand on every page, with their source and the day they were checked."""

from django.db import models


class CrisisLine(models.Model):
    """A number or chat for a crisis, national or the county's own.

    Personal data: none.
    """

    slug = models.SlugField(max_length=80, unique=True)
    county = models.ForeignKey(
        "organisation.County",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="crisis_lines",
    )
    number = models.CharField(max_length=30, blank=True)
    url = models.URLField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    local = models.BooleanField(default=False)  # fictional in the demo pack
    source = models.CharField(max_length=200)
    checked_on = models.DateField()
    # A line that vanished from its source is kept, and shown no more.
    archived = models.BooleanField(default=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return self.slug
