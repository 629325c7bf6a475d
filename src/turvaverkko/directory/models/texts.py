"""Texts in languages and layers: whose text, what kind, in which language, at which layer."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.constraints import exactly_one, once
from turvaverkko.organisation.api import AtLayer

OWNERS = (
    "general_description",
    "service",
    "channel",
    "connection",
    "place",
    "crisis_line",
    "happening",
)
LAYERS = ("county", "area", "municipality")


class Text(AtLayer):
    """One text: the owner's own, or at a layer below, where it replaces, adds to or hides the text above it.

    `directory.layers` resolves them: national → county → area → municipality.

    Personal data: none.
    """

    class Kind(models.TextChoices):
        NAME = "name"
        ALTERNATIVE_NAME = "alternative-name"
        SUMMARY = "summary"
        DESCRIPTION = "description"
        BACKGROUND = "background"
        FOR_WHOM = "for-whom"
        REQUIREMENTS = "requirements"  # what the law or the source asks of who may get it
        INSTRUCTIONS = "instructions"
        STEPS = "steps"  # JSON list of {"title", "text"}
        GOOD_TO_KNOW = "good-to-know"  # JSON list of sentences
        FIRST_VISIT = "first-visit"  # JSON list of sentences
        ACCESSIBILITY = "accessibility"  # JSON list of sentences
        TRANSPORT = "transport"
        FEE = "fee"
        DEADLINE = "deadline"
        PROCESSING_TIME = "processing-time"
        VALIDITY = "validity"
        TYPE_NOTE = "type-note"  # what a source adds to the kind of a service
        FORM_ID = "form-id"  # the number of a printable form
        KEYWORDS = "keywords"  # JSON list of words
        LABEL = "label"
        NOTE = "note"
        WHEN = "when"  # of a crisis line: when to call it

    class Mode(models.TextChoices):
        REPLACE = "replace"
        ADD = "add"
        HIDE = "hide"

    class TranslationState(models.TextChoices):
        ORIGINAL = "original"
        TRANSLATED = "translated"
        CHECK = "check"  # the original has changed since
        MACHINE = "machine"

    general_description = models.ForeignKey(
        "directory.GeneralDescription",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
    )
    service = models.ForeignKey(
        "directory.Service",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
    )
    channel = models.ForeignKey(
        "directory.Channel",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
    )
    connection = models.ForeignKey(
        "directory.Connection",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
    )
    place = models.ForeignKey(
        "directory.Place",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
    )
    crisis_line = models.ForeignKey(
        "directory.CrisisLine",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
    )
    happening = models.ForeignKey(
        "directory.Happening",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    language = models.CharField(max_length=10)
    value = models.TextField(blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.REPLACE)
    translation_state = models.CharField(
        max_length=12, choices=TranslationState, default=TranslationState.ORIGINAL
    )
    source = models.CharField(max_length=100)  # shown to editors: "where does this text come from"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(*once(*OWNERS, *LAYERS), "kind", "language", name="text_once"),
            models.CheckConstraint(condition=exactly_one(OWNERS), name="text_has_one_owner"),
            models.CheckConstraint(
                condition=exactly_one(LAYERS) | models.Q(county=None, area=None, municipality=None),
                name="text_has_at_most_one_layer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} #{self.pk}"
