"""What was brought from the catalogue and how: one record of each document, runs, and what each run told."""

from typing import ClassVar

from django.db import models
from django.db.models.expressions import Value

from turvaverkko.core.ids import new_public_id
from turvaverkko.directory.ptv.states import ASKS, RUNNING


class Run(models.Model):
    """One bringing: who began it, how far it has come, what it did. One at a time.

    Personal data: none of families; which member of staff began and approved it.
    """

    class Kind(models.TextChoices):
        INCREMENTAL = "incremental"  # what has changed since the last one
        RECONCILE = "reconcile"  # which ids are there
        FULL = "full"  # every document anew

    class State(models.TextChoices):
        """Moves between them: `ptv.states.RUN`."""

        RUNNING = "running"
        ASKS = "asks"
        DONE = "done"
        FAILED = "failed"
        REFUSED = "refused"

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=20, choices=State, default=State.RUNNING)
    started_by = models.CharField(max_length=40)  # public id of a person, or "system:ptv"
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # What the source is asked for: changed after this moment; empty: everything.
    since = models.DateTimeField(null=True, blank=True)
    phase = models.CharField(max_length=20)
    # How far the list of ids was read: number of the area, number of the page.
    checkpoint = models.JSONField(default=list, blank=True)
    counters = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=40, blank=True)  # why it failed, code of `core.asking.Trouble`
    going = models.PositiveIntegerField(default=0)  # listings that would be put away
    standing = models.PositiveIntegerField(default=0)  # of so many
    approved_by = models.CharField(max_length=40, blank=True)
    # Who works on it: a new token with each taking up, so that one who was thought dead writes no more.
    token = models.CharField(max_length=20, default=new_public_id, editable=False)
    lease_until = models.DateTimeField()

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Value(1), condition=models.Q(state__in=[RUNNING, ASKS]), name="ptv_one_run_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class SourceRecord(models.Model):
    """One document of the catalogue, as it came, and which rows of ours were made of it.

    Personal data: none. (Numbers and addresses are those of services. Of a confidential place no address.)
    """

    class Kind(models.TextChoices):
        ORGANISATION = "organisation"
        DESCRIPTION = "general-description"
        CHANNEL = "channel"
        SERVICE = "service"

    class State(models.TextChoices):
        WANTED = "wanted"  # known by its id only
        SHOWN = "shown"  # rows of ours say what it says
        KEPT = "kept"  # not of our area, or not for families: only this record
        WITHHELD = "withheld"  # confidential: only this record, without its addresses
        REFUSED = "refused"  # could not be taken; what was made of it before stands
        DRIFTED = "drifted"  # an editor changed our rows, and the source changed too
        OURS = "ours"  # an editor's words stand until the source changes again
        LINKED = "linked"  # what a partner entered here is the same thing, and stands
        ARCHIVED = "archived"  # gone from the catalogue

    # Kind → the field that holds our row.
    LINKS: ClassVar = {
        "organisation": "organisation_id",
        "general-description": "description_id",
        "channel": "channel_id",
        "service": "service_id",
    }

    kind = models.CharField(max_length=20, choices=Kind)
    external_id = models.CharField(max_length=60)
    raw = models.TextField(blank=True)
    raw_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the canonical document
    written_hash = models.CharField(max_length=64, blank=True)  # of the values our rows were written from
    mapping_version = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.WANTED)
    reason = models.CharField(max_length=40, blank=True)
    source_status = models.CharField(max_length=20, blank=True)
    source_changed = models.CharField(max_length=40, blank=True)  # the source's own stamp, as it writes it
    fetched_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    seen_in = models.ForeignKey(Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    wanted_by = models.ForeignKey(Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    description = models.ForeignKey(
        "directory.GeneralDescription", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    channel = models.ForeignKey(
        "directory.Channel", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(
        "directory.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Of an organisation and a description what our rows have no column for.
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "external_id"], name="ptv_record_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "state"], name="ptv_record_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"


class RunRow(models.Model):
    """What a run told of one document: what was odd or refused, and in which field.

    Personal data: none. (Codes, never a value.)
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=20)
    external_id = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    field = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.code} #{self.pk}"
