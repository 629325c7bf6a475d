"""Commands with a writer that only remembers; the real one is tested in `trail`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils.translation import gettext_lazy

from turvaverkko.core import actors, commands
from turvaverkko.core.actors import ANONYMOUS, SystemActor
from turvaverkko.core.commands import Command, Entry, NoWriter, Subject, command, note
from turvaverkko.core.replay import BadIdempotencyKey, IdempotencyConflict, KeyUse
from turvaverkko.core.states import IllegalMove

KEY = "5f0c2f9a-1111"


@dataclass
class Worker:
    """A member of the cast: may write, or may not."""

    public_id: str
    may_write: bool


AINO = Worker("aino", may_write=True)
STRANGER = Worker("stranger", may_write=False)


@dataclass
class Memory:
    """A writer that keeps everything in a list."""

    entries: list[Entry] = field(default_factory=list)
    keys: dict[tuple[str, str, str], tuple[str, Mapping[str, Any] | None]] = field(default_factory=dict)

    def write(self, entry: Entry) -> None:
        self.entries.append(entry)

    def claim(self, use: KeyUse) -> Mapping[str, Any] | None:
        fingerprint, result = self.keys.setdefault((use.command, use.actor, use.key), (use.fingerprint, None))
        if fingerprint != use.fingerprint:
            raise IdempotencyConflict
        return result

    def keep(self, use: KeyUse, result: Mapping[str, Any]) -> None:
        self.keys[(use.command, use.actor, use.key)] = (use.fingerprint, result)


def may_write(actor: Worker, _subject: object) -> bool:
    return actor.may_write


def rename(_actor: Worker, row: ContentType, name: str) -> ContentType:
    """Give a row a name; an empty one is an illegal move."""
    row.model = name
    row.save(update_fields=["model"])
    if not name:
        raise IllegalMove("named", "rename")
    note(reason="typo", subject=Subject("a.row", "r1"), new_name=name)
    return row


def add(_actor: Worker, name: str) -> ContentType:
    return ContentType.objects.create(app_label="core_test", model=name)


@pytest.fixture
def memory() -> Iterator[Memory]:
    writer = Memory()
    before = commands.register_writer(writer)
    yield writer
    commands.register_writer(before)


@pytest.fixture
def renaming() -> Iterator[Command[Worker, [ContentType, str], ContentType]]:
    yield command("core_test.rename", allow=may_write, sentence=gettext_lazy("Nimi vaihdettiin"))(rename)
    commands.forget("core_test.rename")


@pytest.fixture
def adding() -> Iterator[Command[Worker, [str], ContentType]]:
    yield command("core_test.add", allow=may_write, sentence=gettext_lazy("Lisättiin"))(add)
    commands.forget("core_test.add")


@pytest.fixture
def row(db: None) -> ContentType:
    return ContentType.objects.create(app_label="core_test", model="old")


Renaming = Command[Worker, [ContentType, str], ContentType]
Adding = Command[Worker, [str], ContentType]


def test_aino_renames_and_the_entry_says_who_and_what(
    memory: Memory, renaming: Renaming, row: ContentType
) -> None:
    assert renaming(AINO, row, "new").model == "new"
    [entry] = memory.entries
    assert (entry.kind, entry.actor) == ("core_test.rename", "aino")
    assert entry.subject == Subject("a.row", "r1")
    assert (entry.note.reason, entry.note.payload) == ("typo", {"new_name": "new"})


def test_a_stranger_is_refused_and_nothing_is_written(
    memory: Memory, renaming: Renaming, row: ContentType
) -> None:
    with pytest.raises(PermissionDenied):
        renaming(STRANGER, row, "new")
    row.refresh_from_db()
    assert row.model == "old"
    assert memory.entries == []


def test_a_shut_gate_refuses_also_whom_the_policy_allows(
    memory: Memory, renaming: Renaming, row: ContentType
) -> None:
    asked: list[tuple[str, object]] = []

    class Shut:
        def permits(self, command: str, actor: object, subject: object) -> bool:
            assert actor is AINO
            asked.append((command, subject))
            return False

    before = commands.register_gate(Shut())
    try:
        with pytest.raises(PermissionDenied):
            renaming(AINO, row, "new")
    finally:
        commands.register_gate(before)
    assert asked == [("core_test.rename", row)]
    assert memory.entries == []


def test_what_the_body_began_is_taken_back_when_it_fails(
    memory: Memory, renaming: Renaming, row: ContentType
) -> None:
    with pytest.raises(IllegalMove):
        renaming(AINO, row, "")
    row.refresh_from_db()
    assert row.model == "old"
    assert memory.entries == []


def test_an_entry_that_cannot_be_written_takes_the_change_back(renaming: Renaming, row: ContentType) -> None:
    class Broken(Memory):
        def write(self, entry: Entry) -> None:
            super().write(entry)
            raise ZeroDivisionError

    before = commands.register_writer(Broken())
    try:
        with pytest.raises(ZeroDivisionError):
            renaming(AINO, row, "new")
    finally:
        commands.register_writer(before)
    row.refresh_from_db()
    assert row.model == "old"


def test_without_a_writer_no_command_runs(renaming: Renaming, row: ContentType) -> None:
    before = commands.register_writer(None)
    try:
        with pytest.raises(NoWriter):
            renaming(AINO, row, "new")
        with pytest.raises(NoWriter):
            renaming.once(KEY, AINO, row, "new")
    finally:
        commands.register_writer(before)
    row.refresh_from_db()
    assert row.model == "old"


def test_the_body_sees_the_row_as_it_is_now_not_as_the_page_saw_it(memory: Memory, row: ContentType) -> None:
    seen: list[str] = []

    def look(_actor: Worker, row: ContentType) -> None:
        seen.append(row.model)

    looking = command("core_test.look", allow=may_write, sentence="Katsottiin")(look)
    try:
        ContentType.objects.filter(pk=row.pk).update(model="changed meanwhile")
        looking(AINO, row)
    finally:
        commands.forget("core_test.look")
    assert seen == ["changed meanwhile"]


def test_a_row_that_is_gone_is_not_found(memory: Memory, renaming: Renaming, row: ContentType) -> None:
    ContentType.objects.filter(pk=row.pk).delete()
    with pytest.raises(ObjectDoesNotExist):
        renaming(AINO, row, "new")


def test_two_clicks_make_one_row_and_the_second_gets_the_first_result(
    db: None, memory: Memory, adding: Adding
) -> None:
    first = adding.once(KEY, AINO, "thing")
    second = adding.once(KEY, AINO, "thing")
    assert first == second
    assert ContentType.objects.filter(app_label="core_test").count() == 1
    assert len(memory.entries) == 1


def test_a_key_with_other_content_is_a_conflict(db: None, memory: Memory, adding: Adding) -> None:
    adding.once(KEY, AINO, "thing")
    with pytest.raises(IdempotencyConflict):
        adding.once(KEY, AINO, "another")


def test_a_key_belongs_to_one_sender(db: None, memory: Memory, adding: Adding) -> None:
    adding.once(KEY, AINO, "thing")
    adding.once(KEY, Worker("oona", may_write=True), "thing else")
    assert ContentType.objects.filter(app_label="core_test").count() == 2


def test_who_lost_the_right_does_not_get_the_first_result_again(
    db: None, memory: Memory, adding: Adding
) -> None:
    adding.once(KEY, Worker("aino", may_write=True), "thing")
    with pytest.raises(PermissionDenied):
        adding.once(KEY, Worker("aino", may_write=False), "thing")


@pytest.mark.parametrize("key", ["", "short", "with a space in it", "x" * 101, "ääkkösiä1"])
def test_a_key_of_another_form_is_refused(db: None, memory: Memory, adding: Adding, key: str) -> None:
    with pytest.raises(BadIdempotencyKey):
        adding.once(key, AINO, "thing")
    assert memory.entries == []


def test_a_result_that_cannot_be_given_again_is_refused_at_once(db: None, memory: Memory) -> None:
    making = command("core_test.many", allow=may_write, sentence="Tehtiin")(lambda _actor: [object()])
    try:
        with pytest.raises(TypeError, match="returns a row or a plain value"):
            making.once(KEY, AINO)
    finally:
        commands.forget("core_test.many")


def test_a_command_inside_a_command_writes_its_own_entry(
    memory: Memory, renaming: Renaming, row: ContentType
) -> None:
    def twice(actor: Worker, row: ContentType) -> None:
        note(steps=2)
        renaming(actor, row, "one")
        renaming(actor, row, "two")

    both = command("core_test.twice", allow=may_write, sentence="Tehtiin kahdesti")(twice)
    try:
        both(AINO, row)
    finally:
        commands.forget("core_test.twice")
    assert [entry.kind for entry in memory.entries] == [*["core_test.rename"] * 2, "core_test.twice"]
    assert memory.entries[-1].note.payload == {"steps": 2}


def test_a_note_outside_a_command_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="none is running"):
        note(reason="typo")


def test_somebody_without_an_id_cannot_act(db: None, memory: Memory, adding: Adding) -> None:
    with pytest.raises(TypeError, match="cannot act"):
        adding(object(), "thing")  # type: ignore[arg-type]
    assert not ContentType.objects.filter(app_label="core_test").exists()


def test_jobs_and_visitors_have_names_in_the_trail() -> None:
    assert actors.id_of(SystemActor("county-pack")) == "system:county-pack"
    assert actors.id_of(ANONYMOUS) == "anonymous"


def test_two_commands_cannot_have_one_name(adding: Adding) -> None:
    with pytest.raises(ValueError, match="Two commands"):
        command("core_test.add", allow=may_write, sentence="Lisättiin")(add)
    with pytest.raises(ValueError, match=r"<app>\.<verb>"):
        command("add", allow=may_write, sentence="Lisättiin")(add)


def test_a_command_keeps_the_name_and_the_docstring_of_its_function(renaming: Renaming) -> None:
    assert renaming.__name__ == "rename"
    assert renaming.__doc__ == rename.__doc__
    assert commands.registered()["core_test.rename"] is renaming


def test_every_command_of_the_house_has_a_policy_a_finnish_sentence_and_a_docstring() -> None:
    for name, each in commands.registered().items():
        assert callable(each.allow), name
        assert str(each.sentence).strip(), name
        assert (each.__doc__ or "").strip(), name
        assert "services" in each.body.__module__.split("."), name
        assert name.split(".")[0] in each.body.__module__.split("."), name
