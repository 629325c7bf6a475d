"""Contact requests and what belongs to them: contact details, thread, attempts, checks, drafts."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import Gate, GuardedManager
from turvaverkko.core import time_source
from turvaverkko.core.encrypted import EncryptedTextField
from turvaverkko.core.ids import new_public_id
from turvaverkko.guidance.rules import Asker, Danger, Kind, Outcome, Resolution, Urgency, Way

ASKERS = [
    (Asker.PARENT.value, _("vanhempi tai huoltaja")),
    (Asker.YOUTH.value, _("lapsi tai nuori itse")),
    (Asker.GRANDPARENT.value, _("isovanhempi tai muu läheinen")),
    (Asker.PROFESSIONAL.value, _("ammattilainen")),
    (Asker.OTHER.value, _("joku muu")),
]
URGENCIES = [
    (Urgency.TODAY.value, _("tänään")),
    (Urgency.THIS_WEEK.value, _("tällä viikolla")),
    (Urgency.CAN_WAIT.value, _("voi odottaa")),
]
WAYS = [
    (Way.CALL.value, _("puhelu")),
    (Way.MAIL.value, _("sähköposti")),
    (Way.CODE.value, _("vain koodilla")),
]
KINDS = [
    (Kind.ADVICE.value, _("neuvonta ja ohjaus")),
    (Kind.SECTION_35.value, _("yhteydenotto tuen tarpeen arvioimiseksi (SHL 35 §)")),
    (Kind.NOTIFICATION.value, _("lastensuojeluilmoitus (LSL 25 §)")),
    (Kind.OTHER.value, _("muu")),
]
RESOLUTIONS = [
    (Resolution.ADVISED.value, _("neuvottu")),
    (Resolution.SELF_SERVICE.value, _("annettu ohjeet omatoimiseen apuun")),
    (Resolution.BOOKED.value, _("varattu aika")),
    (Resolution.REFERRED.value, _("ohjattu palveluun")),
    (Resolution.RELATIONSHIP_OPENED.value, _("asiakkuus aloitettu")),
    (Resolution.ASSESSMENT_OPENED.value, _("palvelutarpeen arviointi aloitettu")),
    (Resolution.NOTIFICATION_MADE.value, _("lastensuojeluilmoitus tehty")),
    (Resolution.UNREACHABLE.value, _("ei tavoitettu")),
    (Resolution.PASSED_ON.value, _("siirretty muualle")),
    (Resolution.DUPLICATE.value, _("sama asia jo käsittelyssä")),
]
OUTCOMES = [
    (Outcome.GOT_HELP.value, _("sai apua")),
    (Outcome.PARTLY.value, _("sai osittain apua")),
    (Outcome.NOT.value, _("ei saanut apua")),
    (Outcome.UNKNOWN.value, _("ei tiedossa")),
]
DANGERS = [
    (Danger.IMMEDIATE.value, _("välitön vaara")),
    (Danger.SAME_DAY.value, _("apua tarvitaan tänään")),
    (Danger.NONE.value, _("ei välitöntä vaaraa")),
]

OF_REQUEST = Gate(
    "guidance.request",
    matter="request__matter_id",
    unit="request__matter__unit_id",
    confidentiality="request__matter__confidentiality",
    matter_public_id="request__matter__public_id",
)


class ContactRequest(models.Model):
    """A family's message through "Pyydä apua" (yhteydenotto). State, unit and deadlines are its work item's.

    Personal data: the family's own words about its life (encrypted), the child's age group, the municipality.
    Kept: as a matter of its kind; what is anonymous stays outside matters of persons.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    matter = models.ForeignKey("access.Matter", on_delete=models.PROTECT, related_name="requests")
    item = models.OneToOneField("work.WorkItem", on_delete=models.PROTECT, related_name="request")
    code_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=30, choices=KINDS, default=Kind.ADVICE)
    asker = models.CharField(max_length=20, choices=ASKERS)
    child_age = models.CharField(max_length=40, blank=True, help_text=_("Ikäryhmän koodi."))
    urgency = models.CharField(max_length=20, choices=URGENCIES, default=Urgency.CAN_WAIT)
    way = models.CharField(max_length=10, choices=WAYS)
    words = EncryptedTextField()
    language = models.CharField(max_length=10)
    needs_interpreter = models.BooleanField(default=False)
    # Codes of danger that the family's own words gave, and whether it read the emergency help and went on.
    danger_words = models.TextField(blank=True)
    received_at = models.DateTimeField(default=time_source.now, editable=False)
    resolution = models.CharField(max_length=40, choices=RESOLUTIONS, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    is_identified = models.BooleanField(default=False)

    objects = GuardedManager["ContactRequest"]()
    GATE: ClassVar = Gate("guidance.request")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-received_at"], name="request_by_arrival")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(models.Q(resolution="") & models.Q(outcome=""))
                | (~models.Q(resolution="") & ~models.Q(outcome="")),
                name="resolution_and_outcome_together",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.public_id}"


class ContactDetails(models.Model):
    """How a family can be reached safely. A table of its own, so that it can be forgotten by itself.

    Personal data: name, telephone, e-mail, when to call (encrypted). Kept: 90 days after the closing of an
    anonymous request (own default), then deleted; the request remembers that they were (`purged_at`).
    """

    request = models.OneToOneField(ContactRequest, on_delete=models.CASCADE, related_name="contact")
    name = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    # Codes of hours in which a call is welcome, with spaces between: "11-13 13-16".
    call_hours = models.CharField(max_length=40, blank=True)
    # A no unless the family said yes: somebody else may hear or see the telephone.
    may_leave_message = models.BooleanField(default=False)
    do_not_contact = models.BooleanField(default=False)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedManager["ContactDetails"]()
    GATE: ClassVar = OF_REQUEST

    def __str__(self) -> str:
        return f"#{self.pk}"


class Message(models.Model):
    """One message in the thread between a family and its guide.

    Personal data: what they wrote to each other (encrypted). Kept with the request.
    """

    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="messages")
    # Null: the family wrote it.
    staff = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = EncryptedTextField()
    sent_at = models.DateTimeField(default=time_source.now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)
    # Until this moment the writer can take the message back; the other side sees it only after it.
    held_until = models.DateTimeField(null=True, blank=True)
    # The state to which taking it back returns the request.
    state_before = models.CharField(max_length=20, blank=True)

    objects = GuardedManager["Message"]()
    GATE: ClassVar = OF_REQUEST

    class Meta:
        indexes: ClassVar = [models.Index(fields=["request", "sent_at"], name="message_of_request")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class GivenBasket(models.Model):
    """What a guide collected for a family and sent with a message. It opens no link and ends with none.

    Personal data: what was collected and the notes to it (encrypted). Kept with the request.
    """

    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="baskets")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="basket")
    content = EncryptedTextField()

    objects = GuardedManager["GivenBasket"]()
    GATE: ClassVar = OF_REQUEST

    def __str__(self) -> str:
        return f"#{self.pk}"


class InternalNote(models.Model):
    """A note for colleagues. The family does not see it on its page; it may ask for it as its own data.

    Personal data: a worker's words about a family (encrypted). Kept with the request.
    """

    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="notes")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()
    written_at = models.DateTimeField(default=time_source.now, editable=False)

    objects = GuardedManager["InternalNote"]()
    GATE: ClassVar = Gate(
        "guidance.note",
        matter=OF_REQUEST.matter,
        unit=OF_REQUEST.unit,
        confidentiality=OF_REQUEST.confidentiality,
        matter_public_id=OF_REQUEST.matter_public_id,
    )

    def __str__(self) -> str:
        return f"#{self.pk}"


class HalfWritten(models.Model):
    """What somebody has begun to write on a request and not yet sent. Nobody else ever sees it.

    Personal data: a worker's words about a family (encrypted). Kept: until it is sent, at most 7 days.
    """

    class Where(models.TextChoices):
        """In which box of the request's page."""

        ANSWER = "vastaus"
        NOTE = "muistiinpano"

    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="half_written")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.CASCADE, related_name="+")
    where = models.CharField(max_length=20, choices=Where)
    text = EncryptedTextField()
    saved_at = models.DateTimeField(default=time_source.now)

    objects = GuardedManager["HalfWritten"]()
    GATE: ClassVar = OF_REQUEST

    class Meta:
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="half_written_by_age")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "staff", "where"], name="half_written_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ContactAttempt(models.Model):
    """That somebody tried to reach the family, how, and whether it worked.

    Personal data: none beside the request it belongs to. Kept with the request.
    """

    class Means(models.TextChoices):
        """How it was tried."""

        CALL = "call", _("puhelu")
        MESSAGE = "message", _("viesti koodin taakse")
        MAIL = "mail", _("sähköposti")
        VISIT = "visit", _("tapaaminen")

    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="attempts")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    means = models.CharField(max_length=10, choices=Means)
    reached = models.BooleanField()
    tried_at = models.DateTimeField(default=time_source.now, editable=False)

    objects = GuardedManager["ContactAttempt"]()
    GATE: ClassVar = OF_REQUEST

    class Meta:
        indexes: ClassVar = [models.Index(fields=["request", "tried_at"], name="attempt_of_request")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class UrgencyCheck(models.Model):
    """That a named person judged on the same day how urgent a request is.

    Personal data: whether somebody is in danger. Kept with the request.
    """

    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="urgency_checks")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=10, choices=DANGERS)
    checked_at = models.DateTimeField(default=time_source.now, editable=False)

    objects = GuardedManager["UrgencyCheck"]()
    GATE: ClassVar = OF_REQUEST

    def __str__(self) -> str:
        return f"#{self.pk}"


class Draft(models.Model):
    """What somebody has typed into "Pyydä apua" and not yet sent, on the device that typed it.

    Personal data: the same as in a request (encrypted as one text). Kept: 7 days after the last touch; the
    copy of a sent one two hours, so that its receipt can be looked at again.
    """

    # The device's cookie carries the key, the row only its keyed hash.
    key_hash = models.CharField(max_length=64, unique=True)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    content = EncryptedTextField(blank=True)
    # The code is made with the draft: a form sent twice gives one request and the same code.
    code = EncryptedTextField()
    saved_at = models.DateTimeField(default=time_source.now)
    sent = models.ForeignKey(
        ContactRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"#{self.pk}"
