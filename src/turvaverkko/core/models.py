"""The tables of the lowest floor: work that waits for a worker, and how often an address did something."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import ids, time_source


class JobState(models.TextChoices):
    """Where a job is. Failed for good is "dead": a person retries or drops it."""

    WAITING = "waiting", _("odottaa")
    RUNNING = "running", _("käynnissä")
    DONE = "done", _("tehty")
    DEAD = "dead", _("jäi tekemättä")


class Job(models.Model):
    """One piece of work for a worker; `core.jobs` alone writes here.

    Personal data: ids of what the job is about, no names and no free text; of an error its class and place
    only. Kept: 30 days after it is done; a dead letter until a person retries or drops it.
    """

    # Also the idempotency key towards others, so it tells nothing and stays the same in every attempt.
    id = models.CharField(
        primary_key=True, max_length=ids.PUBLIC_ID_LENGTH, default=ids.new_public_id, editable=False
    )
    name = models.CharField(max_length=200, help_text=_("Tehtävän funktio moduuleineen."))
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField(default=time_source.now)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    # Counts up at every lease. Who holds an older number may not write its result.
    fence = models.PositiveBigIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    give_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    unique_key = models.CharField(max_length=200, blank=True)
    schedule = models.CharField(max_length=80, blank=True)
    enqueued_at = models.DateTimeField(default=time_source.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Indexed as workers ask: what is next, whose lease ran out, what may be forgotten."""

        verbose_name = _("taustatyö")
        verbose_name_plural = _("taustatyöt")
        indexes = [
            models.Index(fields=["-priority", "run_after"], name="job_next", condition=Q(state="waiting")),
            models.Index(fields=["lease_until"], name="job_leases", condition=Q(state="running")),
            models.Index(fields=["finished_at"], name="job_finished", condition=Q(finished_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unique_key"], name="job_once", condition=~Q(unique_key="")),
            # However long one takes or fails, jobs of one schedule never pile up.
            models.UniqueConstraint(
                fields=["schedule"],
                name="job_one_of_a_schedule",
                condition=~Q(schedule="") & Q(state__in=["waiting", "running"]),
            ),
            models.CheckConstraint(
                name="job_has_a_lease_while_running",
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"


class AddressCount(models.Model):
    """How often one address of the net did one thing of late; `core.limits` alone writes here.

    Personal data: a keyed hash of the address. Kept until its window is over, at most an hour, and then until
    the next hourly clearing.
    """

    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"#{self.pk}"
