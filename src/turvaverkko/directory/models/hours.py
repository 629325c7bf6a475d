"""Opening hours as rows. `directory.opening` says from them whether somebody is there now."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.constraints import exactly_one


class HoursRow(models.Model):
    """One rule of when a channel, a connection, a place or a crisis line is open.

    Personal data: none.
    """

    class Kind(models.TextChoices):
        REGULAR = "regular"  # weekdays and times
        EXCEPTION = "exception"  # one date: other times, or closed
        ALWAYS = "always"  # round the clock
        BY_APPOINTMENT = "by-appointment"
        NOTE = "note"  # words without times; `closed`: shut until further notice

    channel = models.ForeignKey(
        "directory.Channel",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="hours",
    )
    connection = models.ForeignKey(
        "directory.Connection",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="hours",
    )
    place = models.ForeignKey(
        "directory.Place",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="hours",
    )
    crisis_line = models.ForeignKey(
        "directory.CrisisLine",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="hours",
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.REGULAR)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)  # 0 = Monday … 6 = Sunday
    opens = models.TimeField(null=True, blank=True)  # local time
    closes = models.TimeField(null=True, blank=True)  # local time; not later than opens = past midnight
    date = models.DateField(null=True, blank=True)  # of an exception
    closed = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    closed_on_holidays = models.BooleanField(default=True)
    # Of a source that writes several days as one entry: its type, which entry, which opening, its words.
    form = models.CharField(max_length=20, blank=True)
    group = models.PositiveSmallIntegerField(default=0)
    span = models.PositiveSmallIntegerField(default=0)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("weekday", "opens", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="hours_row_has_one_owner",
                condition=exactly_one(("channel", "connection", "place", "crisis_line")),
            ),
            models.CheckConstraint(
                name="hours_row_regular_has_weekday_and_times",
                condition=~models.Q(kind="regular")
                | models.Q(weekday__isnull=False, opens__isnull=False, closes__isnull=False),
            ),
            models.CheckConstraint(
                name="hours_row_exception_has_a_date",
                condition=~models.Q(kind="exception") | models.Q(date__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
