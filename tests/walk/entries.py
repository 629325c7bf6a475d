"""Every URL of the project by the name of its pattern: how it is called, and what it must show to whom.

A new URL without an entry makes `test_walk` red with its name. What may be shown follows from `cast.PARTS`;
here stands what must be shown to those who may see it, so that the walk cannot pass by showing nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tests.walk.canaries import Canary
from tests.walk.cast import HIDDEN, RESTRICTED
from tests.walk.world import Walker, World

Shown = frozenset[Canary]
NOTHING: Final[Shown] = frozenset()


@dataclass(frozen=True)
class Visit:
    """One request of one walker.

    Attributes:
        about: tag of the row that it acts on, for acts.
        must: what has to stand in the answer, redirects followed.
    """

    path: str
    data: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    must: Shown = NOTHING

    @property
    def method(self) -> str:
        return "GET" if self.data is None else "POST"


Visits = Callable[[World, Walker], Iterable[Visit]]


@dataclass(frozen=True)
class Entry:
    """How one URL is walked.

    Attributes:
        visits: the requests of a walker.
        desk: a page of staff that meet families: everybody else gets `Part.desk`.
        verb: what an act needs on its row: "sees", "contributes" or "decides" of `Part`; "" for pages.
        works: an act has to succeed for somebody.
        follows: redirects are followed; an act leads to pages that have entries of their own.
        keeper: the one role that the address exists for; to other staff it is a 404.
        screens: names under which the access log knows what it shows; its own name unless told.
    """

    visits: Visits
    desk: bool = False
    verb: str = ""
    works: bool = True
    follows: bool = True
    keeper: str = ""
    screens: frozenset[str] = frozenset()


# Who is at the desk tries an act on a row of every kind; the others, whom no row lets in, on two.
TRIED: Final = frozenset({"a-new", "a-taken", "a-closed", "b-taken", "c-taken"}) | RESTRICTED | HIDDEN
TRIED_OUTSIDE: Final = frozenset({"a-taken", "c-taken"})


def page(*paths: str, data: Mapping[str, str] | None = None) -> Entry:
    """A page that shows nobody's data."""
    return Entry(lambda _world, _walker: [Visit(path, data) for path in paths], works=False)


def act(name: str, verb: str, /, **data: str) -> Entry:
    """A POST on one request of the desk."""

    def visits(world: World, walker: Walker) -> Iterable[Visit]:
        sent = {key: value.format(unit=world.units["kaksi"].public_id) for key, value in data.items()}
        for tag in sorted(TRIED if walker.part.desk == 200 else TRIED_OUTSIDE):
            yield Visit(f"{_path(world, tag)}{name}/", sent, about=tag)

    return Entry(visits, desk=True, verb=verb, follows=False, screens=frozenset({"guidance:desk-request"}))


def _path(world: World, tag: str) -> str:
    return f"/tyo/pyynnot/{world.requests[tag].public_id}/"


def _is_staff(walker: Walker) -> bool:
    return bool(walker.part.role)


def _fields(world: World, walker: Walker, tags: Iterable[str], *names: str) -> Shown:
    """The canaries of rows that exist and that the walker may see, if they are staff."""
    exist = set(world.cage.known.values())
    wanted = {Canary(tag, name) for tag in tags for name in names if name in walker.part.fields}
    return frozenset(wanted & exist) if _is_staff(walker) else NOTHING


# What the page of one request shows of it.
OF_CASE: Final = ("words", "name", "phone", "email", "family", "staff", "basket", "held", "note")


def _case(world: World, walker: Walker) -> Iterable[Visit]:
    for tag in world.requests if walker.part.desk == 200 else sorted(TRIED_OUTSIDE):
        sees = {tag} & walker.part.sees
        must = _fields(world, walker, sees, *OF_CASE)
        yield Visit(_path(world, tag), must=must)
        if tag in TRIED_OUTSIDE:
            yield Visit(_path(world, tag), headers={"X-Osa": "pyynto"}, must=must)


def _queue(world: World, walker: Walker) -> Iterable[Visit]:
    sees = walker.part.sees
    opened, closed = sees - {"a-closed"}, sees & {"a-closed"}
    free = opened & {"a-new", "a-web", "b-new", "a-restricted", "a-hidden"}
    late = opened & {"a-new", "b-new", "a-restricted", "a-hidden"}
    mine = opened & {
        "guide-1": {"a-taken", "a-waiting"},
        "guide-2": {"b-taken"},
        "foreign-guide": {"c-taken"},
    }.get(walker.name, set())
    if walker.part.desk != 200:
        yield Visit(f"/tyo/jono/?valittu={world.requests['a-taken'].public_id}")
        return
    for query, shown in (
        ("", opened),
        ("?nayta=vapaat", free),
        ("?nayta=omat", mine),
        ("?nayta=myohassa", late),
        ("?nayta=paattyneet", closed),
        ("?kieli=fi&tapa=web", opened),
        ("?kunta=liminka&aihe=kotona&sivu=2", frozenset()),
        ("?sivu=9999999999999", opened),
    ):
        yield Visit(f"/tyo/jono/{query}", must=_fields(world, walker, shown, "words"))
    yield Visit("/tyo/jono/", headers={"X-Leima": "tuntematon"}, must=_fields(world, walker, opened, "words"))
    for tag in ("a-taken", "a-hidden", "b-taken", "c-taken"):
        request = world.requests[tag]
        must = _fields(world, walker, {tag} & sees, *OF_CASE)
        yield Visit(f"/tyo/jono/?valittu={request.public_id}", must=must)


def _today(world: World, walker: Walker) -> Iterable[Visit]:
    mine = {"guide-1": {"a-taken", "a-waiting"}, "guide-2": {"b-taken"}, "foreign-guide": {"c-taken"}}
    late = walker.part.sees & {"a-new", "b-new", "a-restricted", "a-hidden"}
    yield Visit("/tyo/", must=_fields(world, walker, mine.get(walker.name, set()) | late, "words"))


LATE: Final = {"lead-1": {"a-new", "a-restricted"}, "lead-2": {"b-new"}}


# What a lead can give to somebody, and whom the walk gives it to.
FREE: Final = {"lead-1": {"a-new", "a-web", "a-restricted"}, "lead-2": {"b-new"}}


def _team(world: World, walker: Walker) -> Iterable[Visit]:
    late = _fields(world, walker, LATE.get(walker.name, ()), "item")
    yield Visit("/tyo/tiimi/", must=late | _fields(world, walker, FREE.get(walker.name, ()), "words"))


def _give(world: World, walker: Walker) -> Iterable[Visit]:
    for tag in sorted(TRIED if walker.part.desk == 200 else TRIED_OUTSIDE):
        holder = world.requests[tag].item.assignee
        person = world.people[{"a": "lead-1", "b": "lead-2", "c": "foreign-guide"}[tag[0]]]
        data = {"tekija": person.public_id, "haltija": holder.public_id if holder else ""}
        yield Visit(f"{_path(world, tag)}anna/", data, about=tag)


def _explain(world: World, walker: Walker) -> Iterable[Visit]:
    for tag in ("a-new", "a-restricted", "a-hidden", "b-new", "c-taken"):
        item = world.requests[tag].item.public_id
        yield Visit("/tyo/tiimi/syy/", {"asia": item, "lupaus": "contact-promise", "syy": "queue"}, about=tag)


def _status(world: World, walker: Walker) -> Iterable[Visit]:
    tags = walker.part.sees if walker.name.startswith("family") else ()
    must = frozenset(Canary(tag, name) for tag in tags for name in ("words", "family", "staff", "basket"))
    yield Visit("/pyyda-apua/tila/", must=must)
    yield Visit("/pyyda-apua/tila/", {"code": "99999-99999"})


def _family(act_name: str, /, **data: str) -> Entry:
    def visits(_world: World, walker: Walker) -> Iterable[Visit]:
        (about,) = walker.part.sees if walker.name.startswith("family") else ("",)
        yield Visit(f"/pyyda-apua/tila/{act_name}/", data, about=about)

    return Entry(visits, verb="family", screens=frozenset({"guidance:status"}))


def _form(path: str, *names: str) -> Entry:
    """A step of the form: what was typed is shown again on the device that typed it."""

    def visits(_world: World, walker: Walker) -> Iterable[Visit]:
        is_typist = walker.name == "drafter"
        yield Visit(path, must=frozenset(Canary("draft", name) for name in names if is_typist))
        yield Visit(path, {})

    return Entry(visits, works=False)


def _receipt(_world: World, walker: Walker) -> Iterable[Visit]:
    must = frozenset({Canary("a-web", "code")}) if walker.name == "sender" else NOTHING
    yield Visit("/pyyda-apua/perilla/", must=must)


def _own_account(_world: World, walker: Walker) -> Iterable[Visit]:
    has_account = _is_staff(walker) and walker.name != "inactive"
    yield Visit("/tyo/oma-tili/", must=_mine(walker) if has_account else NOTHING)


def _mine(walker: Walker) -> Shown:
    return frozenset({Canary(f"staff-{walker.name}", "email")})


def _resume(world: World, walker: Walker) -> Iterable[Visit]:
    must = frozenset({Canary("kept", "note")}) if walker.name == "guide-1" else NOTHING
    yield Visit(f"/kirjaudu/jatka/?paikka={world.kept}", must=must)


def _kept(path: str, data: Mapping[str, str] | None = None) -> Entry:
    """A page of sign-in that carries the key of what somebody else had typed."""

    def visits(world: World, _walker: Walker) -> Iterable[Visit]:
        sent = None if data is None else {**data, "paikka": world.kept}
        yield Visit(path if sent is not None else f"{path}?paikka={world.kept}", sent)

    return Entry(visits, works=False)


def _upkeep(act_name: str = "", /, **data: str) -> Entry:
    """The page of what has stopped: to nobody does it show whose letter did not go."""

    def visits(world: World, _walker: Walker) -> Iterable[Visit]:
        path = "/tyo/yllapito/pysahtyneet/"
        if not act_name:
            yield from (Visit(path), Visit(f"{path}?laji=ilmoitus:received&sivu=2"))
            return
        for source, key in (("ilmoitus", world.dead_notice), ("tyo", world.dead_job)):
            yield Visit(f"{path}{act_name}/", {"laatu": source, "tunnus": key, "mika": f"{source}:x", **data})

    return Entry(visits, works=False, keeper="technical-administrator")


DESK: Final[Mapping[str, Entry]] = {
    "guidance:today": Entry(_today, works=False),
    "guidance:queue": Entry(
        _queue, desk=True, works=False, screens=frozenset({"guidance:queue", "guidance:desk-request"})
    ),
    "guidance:basket": page("/tyo/kori/"),
    "guidance:team": Entry(_team, works=False),
    "guidance:explain-breach": Entry(_explain, verb="leads", screens=frozenset({"guidance:team"})),
    "guidance:desk-request": Entry(_case, desk=True, works=False),
    "guidance:take": act("ota", "decides"),
    "guidance:release": act("palauta", "decides"),
    "guidance:reached": act("tavoitettu", "contributes", keino="call", tavoitettu="no"),
    "guidance:answer": act("vastaa", "contributes", vastaus="Vastaan pian."),
    "guidance:attach-basket": act("kori", "contributes", **{"kori-viesti": "Tässä."}),
    "guidance:take-back": act("peru", "contributes"),
    "guidance:note": act("muistiinpano", "contributes", muistiinpano="Soitan illalla."),
    "guidance:keep-writing": act("kesken", "contributes", muistiinpano="Soitan ehk"),
    "guidance:check-urgency": act("kiireellisyys", "contributes", vaara="same-day"),
    "guidance:mark-kind": act("laji", "decides", laji="other"),
    "guidance:wait": act("odota", "contributes", asti=""),
    "guidance:assign": Entry(
        _give, desk=True, verb="leads", follows=False, screens=frozenset({"guidance:desk-request"})
    ),
    # Nothing was given by who walks: it is refused to everybody, with a reason to the leads.
    "guidance:unassign": replace(act("anna/peru", "leads"), works=False),
    "guidance:hand-over": act("siirra", "decides", yksikko="{unit}"),
    "guidance:resolve": act("paata", "decides", ratkaisu="advised", tulos="got-help"),
    "guidance:reopen": act("avaa", "decides"),
}
FAMILY: Final[Mapping[str, Entry]] = {
    "guidance:who": _form("/pyyda-apua/"),
    "guidance:situation": _form("/pyyda-apua/tilanne/", "words"),
    "guidance:contact": _form("/pyyda-apua/yhteys/", "name", "phone"),
    "guidance:check": _form("/pyyda-apua/tarkista/", "words", "name"),
    "guidance:receipt": Entry(_receipt, works=False),
    "guidance:forget": page("/pyyda-apua/tyhjenna/", data={}),
    "guidance:status": Entry(_status, works=False),
    "guidance:reply": _family("vastaa", text="Kiitos.", avain="vaellus-avain-1"),
    "guidance:tell-who": _family("kerro", way="call", phone="000 700 9999", name="Oma Nimi"),
    "guidance:withdraw": _family("peru"),
    "guidance:close": page("/pyyda-apua/tila/sulje/", data={}),
    "guidance:leave": page("/poistu/"),
}
SIGN_IN: Final[Mapping[str, Entry]] = {
    "sign_in:begin": _kept("/kirjaudu/"),
    "sign_in:code": _kept("/kirjaudu/koodi/", {"challenge": "x", "code": "123456"}),
    "sign_in:enrol": page("/kirjaudu/ota-kayttoon/", "/kirjaudu/ota-kayttoon/?avain=vanhentunut"),
    "sign_in:locked": _kept("/kirjaudu/lukittu/"),
    "sign_in:lock": page("/kirjaudu/lukitse/", data={}),
    "sign_in:confirm": _kept("/kirjaudu/vahvista/"),
    "sign_in:resume": Entry(_resume, works=False),
    "sign_in:discard": _kept("/kirjaudu/jatka/unohda/", {}),
    "sign_in:sign-out": page("/kirjaudu/ulos/", data={}),
    "sign_in:account": Entry(_own_account, works=False),
    "sign_in:others-out": page("/tyo/oma-tili/muut-ulos/", data={}),
    "sign_in:backup-codes": page("/tyo/oma-tili/varakoodit/", data={}),
    "sign_in:new-device": page("/tyo/oma-tili/laite/", data={}),
    "sign_in:password": page("/tyo/oma-tili/salasana/"),
}
UPKEEP: Final[Mapping[str, Entry]] = {
    "upkeep:stopped": _upkeep(),
    "upkeep:again": _upkeep("uudelleen"),
    "upkeep:kind-again": _upkeep("kaikki-uudelleen", mika="ilmoitus:received"),
    "upkeep:put-aside": _upkeep("sivuun", syy="outdated"),
}
PUBLIC: Final[Mapping[str, Entry]] = {
    "robots": page("/robots.txt"),
    "sitemap": page("/sitemap.xml"),
    "health": page("/terveys/"),
    "family:front": page("/", "/?kunta=liminka"),
    "family:set-municipality": page("/kunta/", data={"kunta": "liminka"}),
    "family:centres": page("/perhekeskukset/", "/perhekeskukset/?mista=91900"),
    "family:crisis": page("/kiireellinen-apu/"),
    "family:accessibility": page("/saavutettavuus/"),
    "family:privacy": page("/tietosuoja/"),
    "family:cookies": page("/evasteet/"),
    "family:open-data": page("/avoin-data/"),
    "family:about": page("/tietoa/"),
    "directory:services": page("/palvelut/", "/palvelut/?q=raivoaa", "/palvelut/?q=sanat+yksikkö+vieras"),
    "directory:suggest": page("/palvelut/ehdota/?q=rai"),
    "directory:service": page("/palvelut/perheohjaus-kotiin/"),
    "directory:service-qr": page("/palvelut/perheohjaus-kotiin/qr.svg"),
    "directory:service-origins": page("/palvelut/perheohjaus-kotiin/alkupera/"),
    "directory:situation": page("/aiheet/kotona/"),
    "directory:age": page("/ika/3-6/"),
    "directory:municipality": page("/kunnat/liminka/"),
    "directory:places": page("/paikat/"),
    "directory:place": page("/paikat/tupa/"),
    "directory:place-calendar": page("/paikat/tupa/kalenteri.ics"),
    "directory:place-screen": page("/paikat/tupa/naytto/"),
    "directory:place-poster": page("/paikat/tupa/juliste/", "/paikat/tupa/juliste/?viikko=ensi"),
    "directory:place-qr": page("/paikat/tupa/qr.svg"),
    "directory:happenings": page("/tapahtumat/", "/tapahtumat/?nayta=kerrat&kunta=liminka&sivu=9"),
    "directory:happenings-calendar": page("/tapahtumat/kalenteri.ics?kunta=liminka"),
    "directory:happening": page("/tapahtumat/tuntematon/"),
    "directory:happening-calendar": page("/tapahtumat/tuntematon/kalenteri.ics"),
    "directory:happening-time": page("/tapahtumat/tuntematon/2026-11-24/0.ics"),
    "baskets:basket": page("/kori/", "/kori/?tehty=taynna"),
    "baskets:add": page("/kori/lisaa/", data={"mika": "service/perheohjaus-kotiin"}),
    "baskets:sheet": page("/kori/tulosta/"),
    "baskets:shared": page("/kori/bcdfghjkmnpqrstv/"),
    "looks:gallery": page("/tyyli/"),
    "looks:example": page("/tyyli/etusivu/"),
}
# What partners write tells of no family either; who asked to join is told to content editors only.
EDITING: Final[Mapping[str, Entry]] = {
    "editing:join": page("/liity/"),
    "editing:join-status": page("/liity/tuntematon-0/"),
    "editing:ask-link": _kept("/kirjaudu/linkki/", {"email": "kuka@example.invalid"}),
    "editing:enter": page("/kirjaudu/linkki/tuntematon-0/"),
    "editing:listings": page("/tyo/sisallot/", "/tyo/sisallot/?tila=draft&toimija=sanat&sivu=9&vanhat=1"),
    "editing:new": page("/tyo/sisallot/uusi/?pohja=kahvila"),
    "editing:many": page("/tyo/sisallot/monta/"),
    "editing:joins": page("/tyo/sisallot/liittymiset/"),
    "editing:join-accept": page("/tyo/sisallot/liittymiset/tuntematon/hyvaksy/", data={"toimija": "uusi"}),
    "editing:join-decline": page("/tyo/sisallot/liittymiset/tuntematon/hylkaa/", data={"syy": "Ei."}),
    "editing:trust": page("/tyo/sisallot/kumppanit/tuntematon/luottamus/", data={"luotettu": "1"}),
    "editing:reviews": page("/tyo/sisallot/tarkistus/"),
    "editing:review": page("/tyo/sisallot/tarkistus/tuntematon/"),
    "editing:accept": page("/tyo/sisallot/tarkistus/tuntematon/hyvaksy/", data={"nahty": "1.1"}),
    "editing:send-back": page("/tyo/sisallot/tarkistus/tuntematon/palauta/", data={"kommentti": "Ei."}),
    "editing:take-back": page("/tyo/sisallot/tarkistus/tuntematon/peru/", data={}),
    "editing:one": page("/tyo/sisallot/ilmoitus/tuntematon/"),
    "editing:edit": page("/tyo/sisallot/ilmoitus/tuntematon/muokkaa/"),
    "editing:move": page("/tyo/sisallot/ilmoitus/tuntematon/tila/", data={"teko": "hide"}),
    "editing:date": page("/tyo/sisallot/ilmoitus/tuntematon/kerta/", data={"teko": "peru"}),
    "editing:duplicate": page("/tyo/sisallot/ilmoitus/tuntematon/kopioi/", data={"avain": "x" * 20}),
    "editing:history": page("/tyo/sisallot/ilmoitus/tuntematon/historia/"),
    "editing:restore": page("/tyo/sisallot/ilmoitus/tuntematon/historia/palauta/", data={"versio": "1"}),
    "editing:field": page("/tyo/sisallot/ilmoitus/tuntematon/kentta/", data={"kentta": "phone"}),
}
# Figures tell of no family: whoever opens them, nothing of one may show.
FIGURES: Final[Mapping[str, Entry]] = {
    "indicators:front": page("/koordinaatio/"),
    "indicators:list": page("/koordinaatio/mittarit/", "/koordinaatio/mittarit/?q=sanat&lahde=survey&sivu=2"),
    "indicators:indicator": page("/koordinaatio/mittarit/tuntematon/"),
    "indicators:csv": page("/koordinaatio/mittarit/tuntematon/luvut.csv"),
    "ptv:runs": page("/tyo/yllapito/ptv/"),
    "ptv:run": page("/tyo/yllapito/ptv/ajo/m7k3m9qtr2b4d6f8/"),
    "ptv:begin": page("/tyo/yllapito/ptv/aloita/", data={"laji": "incremental"}),
    "ptv:decide": page("/tyo/yllapito/ptv/ajo/m7k3m9qtr2b4d6f8/paata/", data={"paatos": "refuse"}),
    "ptv:settle": page("/tyo/yllapito/ptv/ero/1/", data={"kumpi": "keep"}),
    "indicators:sotkanet": page("/koordinaatio/mittarit/sotkanet/?q=lasten"),
    "indicators:sotkanet-one": page("/koordinaatio/mittarit/sotkanet/2484/"),
    "indicators:sotkanet-link": page("/koordinaatio/mittarit/sotkanet/2484/kytke/", data={"mittari": "1"}),
    "indicators:sotkanet-add": page("/koordinaatio/mittarit/sotkanet/2484/lisaa/", data={"nimi": "Nimi"}),
    "indicators:sotkanet-verify": page(
        "/koordinaatio/mittarit/sotkanet/2484/tarkista/", data={"mittari": "1"}
    ),
    "indicators:entry": page("/koordinaatio/mittarit/syotto/?sivu=9"),
    "indicators:entry-template": page("/koordinaatio/mittarit/syotto/pohja.xlsx?mittari=x&aika=2026"),
    "indicators:entry-bring": page("/koordinaatio/mittarit/syotto/tuo/", data={"tiedosto": "luvut.csv"}),
    "indicators:entry-preview": page("/koordinaatio/mittarit/syotto/tiedosto/1/"),
    "indicators:entry-propose": page("/koordinaatio/mittarit/syotto/tiedosto/1/laheta/", data={"varma": "1"}),
    "indicators:entry-one": page("/koordinaatio/mittarit/syotto/tuntematon/"),
    "indicators:entry-file": page("/koordinaatio/mittarit/syotto/tuntematon/tiedosto/"),
    "indicators:entry-approve": page(
        "/koordinaatio/mittarit/syotto/tuntematon/hyvaksy/", data={"nahty": "x"}
    ),
    "indicators:entry-send-back": page(
        "/koordinaatio/mittarit/syotto/tuntematon/palauta/", data={"syy": "x"}
    ),
    "indicators:entry-withdraw": page("/koordinaatio/mittarit/syotto/tuntematon/peru/", data={}),
    "indicators:entry-take-back": page(
        "/koordinaatio/mittarit/syotto/tuntematon/ota-takaisin/", data={"syy": "x"}
    ),
    "indicators:entry-figure": page("/koordinaatio/mittarit/tuntematon/syota/"),
    "indicators:entry-send": page("/koordinaatio/mittarit/tuntematon/syota/laheta/", data={"luku": "1"}),
    "indicators:areas": page("/koordinaatio/alueet/"),
    "indicators:compared": page("/koordinaatio/alueet/tuntematon/"),
    "indicators:areas-csv": page("/koordinaatio/alueet/tuntematon/luvut.csv"),
    "indicators:quality": page("/koordinaatio/laatu/"),
    "indicators:sources": page(
        "/koordinaatio/laatu/lahteet/", "/koordinaatio/laatu/lahteet/?mittari=x&ero=1"
    ),
    "indicators:sources-csv": page("/koordinaatio/laatu/lahteet/luvut.csv"),
    "outreach:visits": page("/koordinaatio/jalkautuminen/", "/koordinaatio/jalkautuminen/?alku=x"),
    "outreach:visits-csv": page("/koordinaatio/jalkautuminen/kaynnit.csv"),
}
# Goals and rounds tell of no family either.
EVALUATION: Final[Mapping[str, Entry]] = {
    "evaluation:goals": page("/koordinaatio/tavoitteet/"),
    "evaluation:goal": page("/koordinaatio/tavoitteet/tuntematon/"),
    "evaluation:rounds": page("/koordinaatio/kierrokset/"),
    "evaluation:open-round": page("/koordinaatio/kierrokset/avaa/", data={"kuukausi": "2026-11"}),
    "evaluation:compare": page("/koordinaatio/kierrokset/vertaa/?a=2021-05&b=2023-12"),
    "evaluation:round": page("/koordinaatio/kierrokset/2021-05/"),
    "evaluation:write": page(
        "/koordinaatio/kierrokset/2021-05/teksti/", data={"tavoite": "perhekeskukset", "teksti": "Hyvin."}
    ),
    "evaluation:judge": page("/koordinaatio/kierrokset/2021-05/arvio/", data={"tavoite": "perhekeskukset"}),
    "evaluation:freeze": page("/koordinaatio/kierrokset/2021-05/jaadyta/", data={}),
    "evaluation:reopen": page("/koordinaatio/kierrokset/2021-05/avaa/", data={"syy": "Virhe."}),
    "evaluation:reports": page("/koordinaatio/raportit/?tavoite=sanat&kenelle=julkinen"),
    "evaluation:report": page(
        "/koordinaatio/raportit/raportti/",
        "/koordinaatio/raportit/raportti/?tavoite=sanat&alue=x&kierros=2021-05&aiempi=x&kenelle=julkinen",
    ),
    "evaluation:report-pdf": page("/koordinaatio/raportit/raportti.pdf"),
    "evaluation:report-xlsx": page("/koordinaatio/raportit/raportti.xlsx"),
    "evaluation:report-csv": page("/koordinaatio/raportit/raportti.csv"),
    "evaluation:report-json": page("/koordinaatio/raportit/raportti.json"),
    "evaluation:open-data": page("/avoin-data/arviointi/"),
    "evaluation:open-csv": page("/avoin-data/arviointi/2021-05/luvut.csv"),
    "evaluation:open-json": page("/avoin-data/arviointi/2021-05/luvut.json"),
}
# Published listings tell of no family; without a signed link their organisation's page is not there.
STAYING: Final[Mapping[str, Entry]] = {
    "staying:listings": page("/vahvista/tuntematon.merkki/"),
    "staying:answer": page(
        "/vahvista/tuntematon.merkki/vastaa/", data={"vastaus": "all", "kohde": "place:x"}
    ),
    "staying:changed": page(
        "/vahvista/tuntematon.merkki/muuttunut/", data={"sanat": "x", "kohde": "place:x"}
    ),
    "staying:undo": page("/vahvista/tuntematon.merkki/kumoa/", data={"avain": "x"}),
    "staying:corrections": page("/tyo/sisallot/korjaukset/?sivu=2"),
    "staying:correct": page("/tyo/sisallot/korjaukset/tuntematon/", data={"nayta": "1"}),
    "staying:quality": page("/koordinaatio/sisallot/"),
    "staying:quality-list": page("/koordinaatio/sisallot/kielet/?kunta=liminka&jarjestaja=x&sivu=9"),
    "staying:quality-csv": page("/koordinaatio/sisallot/kielet.csv"),
}
ENTRIES: Final[Mapping[str, Entry]] = {
    **DESK,
    **FAMILY,
    **SIGN_IN,
    **UPKEEP,
    **PUBLIC,
    **EDITING,
    **FIGURES,
    **EVALUATION,
    **STAYING,
}
# A wrong prefix of the language must open nothing that the right one keeps shut.
IN_OTHER_LANGUAGES: Final = ("guidance:queue", "guidance:desk-request", "guidance:status", "guidance:receipt")
