"""Two persons and a figure: proposed, approved, returned, withdrawn, taken back. Whole or not at all."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from turvaverkko.access.api import StaffActor, staff_actor
from turvaverkko.access.testing import staff, unit
from turvaverkko.core.states import IllegalMove
from turvaverkko.indicators.entry import queries, services
from turvaverkko.indicators.entry.files import BadFile
from turvaverkko.indicators.entry.models import Proposal, ProposedFigure
from turvaverkko.indicators.models import Figure, Indicator, QualityNote, SourceFile, StatisticalArea
from turvaverkko.indicators.rules import AreaKind, Origin, Status
from turvaverkko.indicators.tests.entry_files import PDF, row, xlsx
from turvaverkko.trail.models import LogEntry

pytestmark = pytest.mark.django_db
OULU, KEMPELE = "municipality:564", "municipality:244"


@pytest.fixture(autouse=True)
def _world(db: None) -> None:
    Indicator.objects.create(
        code="keskustelut", name_fi="Keskustelut", unit_fi="kpl", source="survey", direction="up"
    )
    for code, name in ((OULU, "Oulu"), (KEMPELE, "Kempele")):
        StatisticalArea.objects.create(code=code, name_fi=name, kind=AreaKind.MUNICIPALITY)


@pytest.fixture
def people() -> Callable[[str, str], StaffActor]:
    home = unit("yksi")

    def person(role: str, name: str = "yksi") -> StaffActor:
        found = staff_actor(staff(f"{role}-{name}@x.invalid", **{role.replace("-", "_"): home}))
        assert found is not None
        return found

    return person


@pytest.fixture
def vieno(people: Callable[..., StaffActor]) -> StaffActor:
    return people("coordinator")


@pytest.fixture
def touko(people: Callable[..., StaffActor]) -> StaffActor:
    return people("coordinator", "toinen")


@pytest.fixture
def director(people: Callable[..., StaffActor]) -> StaffActor:
    return people("director")


def brought(by: StaffActor, *rows: list[object]) -> SourceFile:
    return services.bring_file(by, "luvut.xlsx", xlsx(rows))


def proposed(by: StaffActor, *rows: list[object], sure: bool = False) -> Proposal:
    return services.propose(by, brought(by, *rows), is_sure=sure)


def approved(proposal: Proposal, by: StaffActor) -> Proposal:
    return services.approve(by, proposal, seen=seen(proposal))


def seen(proposal: Proposal) -> str:
    return queries.seen(queries.compared_lines(queries.lines_of(proposal)))


def shown() -> dict[tuple[str, str], Decimal | None]:
    held = Figure.objects.filter(status__in=(Status.FINAL, Status.REVISED)).select_related("area")
    return {(one.area.code, one.period): one.value for one in held}


def line(value: int, area: str = OULU, period: int = 2025, **more: object) -> list[object]:
    return row("keskustelut", area, period, value, **more)


def test_a_figure_shows_only_when_another_has_approved_it(vieno: StaffActor, director: StaffActor) -> None:
    made = proposed(vieno, line(12))
    assert shown() == {}
    approved(made, director)
    assert shown() == {(OULU, "2025"): Decimal(12)}
    figure = Figure.objects.get()
    assert (figure.origin, figure.entered_by, figure.approved_by) == (
        Origin.ENTERED,
        vieno.public_id,
        director.public_id,
    )
    assert figure.source_file is not None
    assert figure.source_file.name == "luvut.xlsx"


def test_nobody_decides_on_what_they_brought(vieno: StaffActor) -> None:
    made = proposed(vieno, line(12))
    with pytest.raises(PermissionDenied):
        approved(made, vieno)
    with pytest.raises(PermissionDenied):
        services.send_back(vieno, made, reason="Ei")
    assert Proposal.objects.get().state == "waiting"


def test_the_database_holds_four_eyes_too(vieno: StaffActor, director: StaffActor) -> None:
    made = proposed(vieno, line(12))
    rows = Proposal.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="approved", decided_by=vieno.public_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="returned", decided_by=director.public_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.update(approved_by=vieno.public_id)


@pytest.mark.parametrize(
    "role", ["director", "unit-lead", "service-guide", "worker", "technical-administrator", "content-editor"]
)
def test_only_coordinators_bring_figures(people: Callable[..., StaffActor], role: str) -> None:
    with pytest.raises(PermissionDenied):
        services.bring_file(people(role), "a.pdf", PDF)
    assert not SourceFile.objects.exists()


@pytest.mark.parametrize("role", ["unit-lead", "service-guide", "worker", "technical-administrator"])
def test_only_coordinators_and_directors_decide(
    vieno: StaffActor, people: Callable[..., StaffActor], role: str
) -> None:
    made, other = proposed(vieno, line(12)), people(role)
    with pytest.raises(PermissionDenied):
        approved(made, other)
    with pytest.raises(PermissionDenied):
        services.withdraw(other, made)


def test_another_does_not_send_from_my_file_nor_withdraw(vieno: StaffActor, touko: StaffActor) -> None:
    file = brought(vieno, line(12))
    with pytest.raises(PermissionDenied):
        services.propose(touko, file)
    made = services.propose(vieno, file)
    with pytest.raises(PermissionDenied):
        services.withdraw(touko, made)


def test_of_two_approvers_one_wins_and_the_other_is_told(
    vieno: StaffActor, touko: StaffActor, director: StaffActor
) -> None:
    made = proposed(vieno, line(12))
    look, same = seen(made), Proposal.objects.get(pk=made.pk)
    services.approve(director, made, seen=look)
    with pytest.raises(IllegalMove):
        services.approve(touko, same, seen=look)
    with pytest.raises(IllegalMove):
        services.send_back(touko, same, reason="Ei")
    assert Proposal.objects.get().decided_by == director.public_id


def test_one_refused_row_and_nothing_goes_in(vieno: StaffActor) -> None:
    with pytest.raises(services.Refused) as refused:
        proposed(vieno, line(12), line(13, "municipality:999"))
    assert [one.row for one in refused.value.checked.faults] == [3]
    assert not Figure.objects.exists()
    assert not Proposal.objects.exists()


def test_a_fault_in_the_middle_leaves_nothing_of_a_proposal(
    vieno: StaffActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = brought(vieno, line(12), line(7, KEMPELE))

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(ProposedFigure.objects, "bulk_create", broken)
    with pytest.raises(RuntimeError):
        services.propose(vieno, file)
    assert not Figure.objects.exists()
    assert not Proposal.objects.exists()


def test_a_fault_in_the_middle_leaves_an_approval_undone(
    vieno: StaffActor, director: StaffActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(proposed(vieno, line(10)), director)
    made = proposed(vieno, line(12), line(7, KEMPELE))
    look = seen(made)

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "_note_breaks", broken)
    with pytest.raises(RuntimeError):
        services.approve(director, made, seen=look)
    assert shown() == {(OULU, "2025"): Decimal(10)}
    assert Proposal.objects.get(pk=made.pk).state == "waiting"


def test_what_holds_already_is_left_out(vieno: StaffActor, director: StaffActor) -> None:
    approved(proposed(vieno, line(12)), director)
    with pytest.raises(services.NothingNew):
        proposed(vieno, line(12))
    made = proposed(vieno, line(12), line(7, KEMPELE))
    assert made.lines.count() == 1


def test_a_changed_figure_replaces_the_earlier_which_stays(vieno: StaffActor, director: StaffActor) -> None:
    approved(proposed(vieno, line(12)), director)
    made = approved(proposed(vieno, line(15)), director)
    assert shown() == {(OULU, "2025"): Decimal(15)}
    assert list(Figure.objects.order_by("pk").values_list("value", "status")) == [
        (Decimal(12), Status.REPLACED),
        (Decimal(15), Status.REVISED),
    ]
    before = made.lines.get().before
    assert before is not None
    assert before.value == 12


def test_a_figure_that_jumps_has_to_be_acknowledged(vieno: StaffActor, director: StaffActor) -> None:
    approved(proposed(vieno, line(12, period=2024)), director)
    with pytest.raises(services.NotAcknowledged):
        proposed(vieno, line(1200))
    assert proposed(vieno, line(1200), sure=True).lines.count() == 1


def test_a_figure_of_another_origin_stays_beside(vieno: StaffActor, director: StaffActor) -> None:
    where, of = StatisticalArea.objects.get(code=OULU), Indicator.objects.get()
    Figure.objects.create(
        indicator=of, area=where, period="2025", period_kind="year", value=11, origin=Origin.REPORTED
    )
    made = approved(proposed(vieno, line(12)), director)
    assert made.lines.get().before is None
    assert set(Figure.objects.values_list("value", "status")) == {(11, Status.FINAL), (12, Status.FINAL)}


def test_the_same_thing_waits_only_once(vieno: StaffActor, touko: StaffActor) -> None:
    proposed(vieno, line(12))
    with pytest.raises(services.Refused):
        proposed(touko, line(13))


def test_two_presses_make_one_proposal(vieno: StaffActor) -> None:
    file = brought(vieno, line(12))
    services.propose(vieno, file)
    with pytest.raises(IllegalMove):
        services.propose(vieno, SourceFile.objects.get(pk=file.pk))
    assert Proposal.objects.count() == Figure.objects.count() == 1


def test_what_changed_meanwhile_has_to_be_looked_at_again(
    vieno: StaffActor, touko: StaffActor, director: StaffActor
) -> None:
    made = proposed(vieno, line(12))
    look = seen(made)
    of = Figure.objects.get()
    Figure.objects.create(
        indicator=of.indicator,
        area=of.area,
        period=of.period,
        period_kind=of.period_kind,
        period_start=of.period_start,
        period_end=of.period_end,
        value=11,
        origin=Origin.ENTERED,
    )
    with pytest.raises(services.ChangedMeanwhile):
        services.approve(director, made, seen=look)
    approved(made, director)
    assert shown() == {(OULU, "2025"): Decimal(12)}


def test_who_brought_it_sees_why_it_was_returned(vieno: StaffActor, director: StaffActor) -> None:
    made = proposed(vieno, line(12))
    with pytest.raises(services.ReasonMissing):
        services.send_back(director, made, reason="  ")
    services.send_back(director, made, reason="Luku on väärältä vuodelta.")
    made.refresh_from_db()
    assert (made.state, made.reason) == ("returned", "Luku on väärältä vuodelta.")
    assert shown() == {}
    # It may be sent again, corrected.
    assert proposed(vieno, line(13)).state == "waiting"


def test_a_proposal_is_withdrawn_before_anybody_decides(vieno: StaffActor, director: StaffActor) -> None:
    made = services.withdraw(vieno, proposed(vieno, line(12)))
    assert made.state == "withdrawn"
    with pytest.raises(IllegalMove):
        services.approve(director, made, seen="")


def test_what_is_taken_back_gives_place_to_what_held_before(vieno: StaffActor, director: StaffActor) -> None:
    approved(proposed(vieno, line(12)), director)
    made = approved(proposed(vieno, line(15), line(7, KEMPELE)), director)
    with pytest.raises(services.ReasonMissing):
        services.take_back(vieno, made, reason="")
    with pytest.raises(PermissionDenied):
        services.take_back(director, made, reason="Väärä tiedosto")
    services.take_back(vieno, made, reason="Väärä tiedosto")
    assert shown() == {(OULU, "2025"): Decimal(12)}
    assert Figure.objects.get(value=12).status == Status.FINAL
    assert Proposal.objects.get(pk=made.pk).reason == "Väärä tiedosto"


def test_a_later_approval_stands_and_what_was_taken_back_never_returns(
    vieno: StaffActor, director: StaffActor
) -> None:
    approved(proposed(vieno, line(12)), director)
    second = approved(proposed(vieno, line(15)), director)
    third = approved(proposed(vieno, line(18)), director)
    services.take_back(vieno, second, reason="Virhe")
    assert shown() == {(OULU, "2025"): Decimal(18)}
    services.take_back(vieno, third, reason="Virhe")
    assert shown() == {(OULU, "2025"): Decimal(12)}


def test_a_break_becomes_one_note_and_goes_with_what_is_taken_back(
    vieno: StaffActor, director: StaffActor
) -> None:
    rows = [line(12, katkos="Uusi lomake."), line(7, KEMPELE, katkos="Uusi lomake.")]
    made = proposed(vieno, *rows)
    assert not QualityNote.objects.exists()
    approved(made, director)
    told = QualityNote.objects.get()
    assert (told.kind, str(told.at), told.text_fi) == ("break", "2025-01-01", "Uusi lomake.")
    services.take_back(vieno, made, reason="Virhe")
    assert not QualityNote.objects.exists()


def test_files_from_which_nothing_was_proposed_do_not_pile_up(vieno: StaffActor, touko: StaffActor) -> None:
    used = proposed(vieno, line(12)).source_file
    services.bring_file(vieno, "a.pdf", PDF)
    mine = services.bring_file(vieno, "b.pdf", PDF)
    theirs = services.bring_file(touko, "c.pdf", PDF)
    assert set(SourceFile.objects.values_list("pk", flat=True)) == {used.pk, mine.pk, theirs.pk}


def test_a_bad_file_is_not_kept(vieno: StaffActor) -> None:
    with pytest.raises(BadFile):
        services.bring_file(vieno, "a.pdf", b"<script>")
    assert not SourceFile.objects.exists()


def test_the_log_tells_ids_and_counts_only(vieno: StaffActor, director: StaffActor) -> None:
    made = proposed(vieno, line(12, huomautus="Salainen huomautus"))
    services.send_back(director, made, reason="Salainen syy")
    entries = LogEntry.objects.filter(kind__startswith="entry.")
    assert list(entries.values_list("kind", flat=True)) == [
        "entry.bring_file",
        "entry.propose",
        "entry.send_back",
    ]
    assert "Salainen" not in str([one.payload for one in entries])
