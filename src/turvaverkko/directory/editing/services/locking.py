"""Fields that follow a source: a content editor takes one over, or lets it follow again."""

from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.commands import command, note
from turvaverkko.directory.editing import policies, queries
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import FIELDS
from turvaverkko.directory.editing.models import FieldLock
from turvaverkko.directory.models import Happening


class NotLocked(ValueError):
    """The field follows no source, or has not been taken over."""


@command("editing.take_over", allow=policies.may_release, sentence=_("Kenttä otettiin omaan hoitoon"))
def take_over(actor: Editor, happening: Happening, *, field: str) -> FieldLock:
    """Let a field be written here from now on, although it came from a source.

    Raises:
        NotLocked: it follows no source.
    """
    source = queries.locks_of(happening).get(field)
    if source is None:
        raise NotLocked
    row, _new = FieldLock.objects.update_or_create(
        happening=happening,
        field=field,
        defaults={
            "source": source,
            "released_by": actor.public_id,
            "released_at": time_source.now(),
        },
    )
    note(field=field, source=source)
    return row


@command("editing.follow_again", allow=policies.may_release, sentence=_("Kenttä seuraa taas lähdettään"))
def follow_again(_actor: Editor, happening: Happening, *, field: str) -> FieldLock:
    """Let a field that was taken over follow its source again; the next import writes it.

    Raises:
        NotLocked: it was not taken over.
    """
    row = FieldLock.objects.filter(happening=happening, field=field, released_at__isnull=False).first()
    if row is None or field not in FIELDS:
        raise NotLocked
    row.released_at, row.released_by = None, ""
    row.save(update_fields=["released_at", "released_by"])
    note(field=field, source=row.source)
    return row
