"""Every address of the product with its fullest and its emptiest fixture.

A new address without a line here fails `test_every_address_is_looked_at`. Exemptions stand in EXEMPT
with their reasons; their number is printed.
"""

from dataclasses import dataclass

# The state of a page that says by its status (410) that its link is good no longer.
OVER = "old link"


@dataclass(frozen=True)
class Looked:
    """One page as a reader meets it: the name of its address, its path, and what state it shows."""

    name: str
    path: str
    state: str = "full"

    def __str__(self) -> str:
        return f"{self.name}[{self.state}]"

    @property
    def is_refusal(self) -> bool:
        """Whether it is a page of a status that is none of success, such as "404"."""
        return self.name.isdigit() or self.state == OVER

    def in_language(self, language: str) -> str:
        return self.path if language == "fi" else f"/{language}{self.path}"


PAGES = [
    Looked("family:front", "/"),
    Looked("family:front", "/?kunta=liminka", "municipality chosen"),
    Looked("directory:services", "/palvelut/", "browse"),
    Looked(
        "directory:services",
        "/palvelut/?q=5v+raivoaa+ja+ly%C3%B6+meit%C3%A4+joka+p%C3%A4iv%C3%A4",
        "urgent, many hits",
    ),
    Looked("directory:services", "/palvelut/?q=vauva+ei+nuku&kunta=liminka", "hits near"),
    Looked("directory:services", "/palvelut/?q=lentoliput+malaga", "nothing sure"),
    Looked("directory:services", "/palvelut/?q=zzzzzzzz", "nothing"),
    Looked("directory:services", "/palvelut/?q=neuvola&kunta=atlantis", "unknown municipality"),
    Looked("directory:situation", "/aiheet/raivo-riidat-rajat/"),
    Looked("directory:situation", "/aiheet/kotona/", "sensitive"),
    Looked("directory:age", "/ika/3-6/"),
    Looked("directory:municipality", "/kunnat/oulu/"),
    Looked("directory:municipality", "/kunnat/merijarvi/", "small"),
    Looked("directory:places", "/paikat/"),
    Looked("directory:places", "/paikat/?kunta=merijarvi", "few"),
    Looked("directory:happenings", "/tapahtumat/"),
    Looked("directory:happenings", "/tapahtumat/?nayta=kerrat&kunta=oulu&sivu=2", "each time"),
    Looked("directory:happenings", "/tapahtumat/?laji=party&kieli=so", "nothing"),
    Looked("directory:happening", "/tapahtumat/terveydenhoitaja-tuvalla-liminka/", "a time cancelled"),
    Looked("directory:happening", "/tapahtumat/yokyopelien-vertaisilta/", "online"),
    Looked("directory:happening", "/tapahtumat/pyhajarven-tenttikahvila/", "ended"),
    Looked("directory:place-screen", "/paikat/avoin-kohtaamispaikka-toppila/naytto/"),
    Looked("directory:place-screen", "/paikat/nuokkari-kulma/naytto/", "little"),
    Looked("directory:place-poster", "/paikat/ykkospesa-kempele/juliste/"),
    Looked("baskets:basket", "/kori/", "empty"),
    Looked("family:centres", "/perhekeskukset/"),
    Looked("family:centres", "/perhekeskukset/?mista=90100", "found"),
    Looked("family:centres", "/perhekeskukset/?mista=00100", "another county"),
    Looked("family:centres", "/perhekeskukset/?mista=xyzzy", "unknown"),
    Looked("family:crisis", "/kiireellinen-apu/"),
    Looked("family:accessibility", "/saavutettavuus/"),
    Looked("family:privacy", "/tietosuoja/"),
    Looked("family:cookies", "/evasteet/"),
    Looked("family:open-data", "/avoin-data/"),
    Looked("evaluation:open-data", "/avoin-data/arviointi/"),
    Looked("family:about", "/tietoa/"),
    Looked("guidance:who", "/pyyda-apua/"),
    Looked("guidance:situation", "/pyyda-apua/tilanne/"),
    Looked("guidance:contact", "/pyyda-apua/yhteys/"),
    Looked("guidance:status", "/pyyda-apua/tila/", "code asked"),
    Looked("sign_in:begin", "/kirjaudu/"),
    Looked("editing:join", "/liity/"),
    Looked("editing:ask-link", "/kirjaudu/linkki/"),
    Looked("editing:enter", "/kirjaudu/linkki/vanhentunut-0/", OVER),
    Looked("sign_in:enrol", "/kirjaudu/ota-kayttoon/", "no link"),
    Looked("sign_in:enrol", "/kirjaudu/ota-kayttoon/?avain=vanhentunut", "old link"),
    Looked("directory:service-origins", "/palvelut/perheohjaus-kotiin-lakeus/alkupera/"),
    *(
        Looked("looks:example", f"/tyyli/{page}/", page)
        for page in ("etusivu", "haku", "palvelu", "paikka", "tyhja")
    ),
    Looked("404", "/ei-tallaista-sivua/", "not found"),
    Looked("405", "/kunta/", "only sent to"),
]

# Pages of staff, opened by somebody who is signed in; `test_staff_pages` looks at them.
STAFF_PAGES = [
    Looked("guidance:today", "/tyo/"),
    Looked("guidance:queue", "/tyo/jono/", "all"),
    Looked("guidance:queue", "/tyo/jono/?nayta=omat&kieli=ar", "narrowed, mostly empty"),
    Looked("guidance:queue", "/tyo/jono/?nayta=paattyneet", "closed"),
    Looked("guidance:basket", "/tyo/kori/", "empty"),
    Looked("guidance:team", "/tyo/tiimi/"),
    Looked("indicators:front", "/koordinaatio/"),
    Looked("indicators:list", "/koordinaatio/mittarit/"),
    Looked("indicators:list", "/koordinaatio/mittarit/?q=zzzz", "nothing"),
    Looked("indicators:indicator", "/koordinaatio/mittarit/adolescent-psychiatry-visits/", "broken"),
    Looked("indicators:indicator", "/koordinaatio/mittarit/family-centres-operating/"),
    Looked("indicators:sotkanet", "/koordinaatio/mittarit/sotkanet/?q=lasten", "nothing fetched"),
    Looked("indicators:entry", "/koordinaatio/mittarit/syotto/", "to those who decide nothing"),
    Looked("indicators:areas", "/koordinaatio/alueet/"),
    Looked("indicators:compared", "/koordinaatio/alueet/adolescent-psychiatry-visits/"),
    Looked("indicators:quality", "/koordinaatio/laatu/"),
    Looked("indicators:sources", "/koordinaatio/laatu/lahteet/"),
    Looked("indicators:sources", "/koordinaatio/laatu/lahteet/?ero=1", "nothing differs"),
    Looked("outreach:visits", "/koordinaatio/jalkautuminen/"),
    Looked("outreach:visits", "/koordinaatio/jalkautuminen/?alku=marraskuu", "a slip of the finger"),
    Looked("outreach:visits", "/koordinaatio/jalkautuminen/?alku=2023-01&loppu=2023-02", "nothing"),
    Looked("evaluation:goals", "/koordinaatio/tavoitteet/"),
    Looked("evaluation:goal", "/koordinaatio/tavoitteet/perhekeskukset/"),
    Looked("evaluation:goal", "/koordinaatio/tavoitteet/hyoty-laatu/", "benefit"),
    Looked("evaluation:rounds", "/koordinaatio/kierrokset/"),
    Looked("evaluation:round", "/koordinaatio/kierrokset/2023-12/", "frozen"),
    Looked("evaluation:compare", "/koordinaatio/kierrokset/vertaa/"),
    Looked("evaluation:reports", "/koordinaatio/raportit/"),
    Looked("evaluation:report", "/koordinaatio/raportit/raportti/?aiempi=2021-05", "in full, compared"),
    Looked("evaluation:report", "/koordinaatio/raportit/raportti/?kenelle=paattajat", "short"),
    Looked("evaluation:report", "/koordinaatio/raportit/raportti/?tavoite=ei-ole&kierros=1", "bad choices"),
    Looked("sign_in:account", "/tyo/oma-tili/"),
    Looked("sign_in:password", "/tyo/oma-tili/salasana/"),
    Looked("sign_in:confirm", "/kirjaudu/vahvista/"),
]

# name of address → why no page of it is opened in the browser
EXEMPT = {
    "directory:suggest": "answers with JSON",
    "baskets:add": "answers a form with a redirect; walked in test_basket_journey",
    "baskets:sheet": "needs a basket; walked and looked at in test_basket_journey",
    "baskets:shared": "needs a basket; walked and looked at in test_basket_journey",
    "directory:service-qr": "a picture",
    "directory:place-qr": "a picture",
    "directory:happenings-calendar": "a file; its tests are in directory",
    "directory:happening-calendar": "a file; its tests are in directory",
    "directory:happening-time": "a file; its tests are in directory",
    "directory:place-calendar": "a file; its tests are in directory",
    "outreach:visits-csv": "a file; its page tests are in portals/outreach",
    "looks:gallery": "every state of every component on one page; the parts are looked at where they are used",
    "health": "read by a monitor",
    "robots": "read by search engines",
    "sitemap": "read by search engines",
    "editing:join-status": "needs a token; walked and looked at in test_editing_journey",
    "editing:listings": "needs an editor; walked and looked at in test_editing_journey",
    "editing:new": "needs an editor; walked and looked at in test_editing_journey",
    "editing:many": "needs an editor; walked and looked at in test_editing_journey",
    "editing:joins": "needs an editor; walked and looked at in test_editing_journey",
    "editing:reviews": "needs an editor; walked and looked at in test_editing_journey",
    "editing:review": "needs a review; walked and looked at in test_editing_journey",
    "editing:one": "needs a happening; walked and looked at in test_editing_journey",
    "editing:edit": "needs a happening; walked and looked at in test_editing_journey",
    "editing:history": "needs a happening; walked and looked at in test_editing_journey",
    "editing:join-accept": "answers a form; walked in test_editing_journey",
    "editing:join-decline": "answers a form; its page tests are in directory/editing",
    "editing:trust": "answers a form; its page tests are in directory/editing",
    "editing:accept": "answers a form; walked in test_editing_journey",
    "editing:send-back": "answers a form; walked in test_editing_journey",
    "editing:take-back": "answers a form; its page tests are in directory/editing",
    "editing:move": "answers a form; walked in test_editing_journey",
    "editing:date": "answers a form; its page tests are in directory/editing",
    "editing:duplicate": "answers a form; its page tests are in directory/editing",
    "editing:restore": "answers a form; its page tests are in directory/editing",
    "editing:field": "answers a form; its page tests are in directory/editing",
    "sign_in:code": "answers a form; walked and looked at in test_staff_pages",
    "sign_in:locked": "only behind the lock; walked and looked at in test_staff_pages",
    "sign_in:resume": "only after the lock; walked and looked at in test_staff_pages",
    "sign_in:lock": "answers a form with a redirect; walked in test_staff_pages",
    "sign_in:backup-codes": "answers a form; walked and looked at in test_staff_pages",
    "sign_in:discard": "answers a form with a redirect; its page tests are in organisation/sign_in",
    "sign_in:others-out": "answers a form with a redirect; its page tests are in organisation/sign_in",
    "sign_in:new-device": "answers a form with a redirect; its page tests are in organisation/sign_in",
    "sign_in:sign-out": "answers a form with a redirect; walked in test_staff_pages",
    "indicators:sotkanet-one": "needs the source's catalogue, which a demo has not; its page tests are in indicators",
    "indicators:sotkanet-link": "answers a form; its page tests are in indicators",
    "indicators:sotkanet-add": "answers a form; its page tests are in indicators",
    "indicators:sotkanet-verify": "answers a form; its page tests are in indicators",
    "indicators:entry-template": "a file; its page tests are in indicators",
    "indicators:entry-bring": "answers a form; walked in test_entry_journey",
    "indicators:entry-preview": "only after bringing a file; walked and looked at in test_entry_journey",
    "indicators:entry-propose": "answers a form; walked in test_entry_journey",
    "indicators:entry-one": "needs a proposal; walked and looked at in test_entry_journey",
    "indicators:entry-file": "a file; its page tests are in indicators",
    "indicators:entry-approve": "answers a form; walked in test_entry_journey",
    "indicators:entry-send-back": "answers a form; its page tests are in indicators",
    "indicators:entry-withdraw": "answers a form; its page tests are in indicators",
    "indicators:entry-take-back": "answers a form; its page tests are in indicators",
    "indicators:entry-figure": "for coordinators; walked and looked at in test_entry_journey",
    "indicators:entry-send": "answers a form; its page tests are in indicators",
    "indicators:csv": "a file; its page tests are in indicators",
    "indicators:areas-csv": "a file; its page tests are in indicators",
    "indicators:sources-csv": "a file; its page tests are in indicators",
    "staying:listings": "needs a letter; walked and looked at in test_staying",
    "staying:answer": "answers a form with a redirect; walked in test_staying",
    "staying:changed": "answers a form; walked in test_staying",
    "staying:undo": "answers a form with a redirect; walked in test_staying",
    "staying:corrections": "for editors; looked at in test_staying",
    "staying:correct": "answers a form with a redirect; its page tests are in directory/staying",
    "staying:quality": "for editors; looked at in test_staying",
    "staying:quality-list": "for editors; looked at in test_staying",
    "staying:quality-csv": "a file; its page tests are in directory/staying",
    "guidance:check": "only with a draft; walked and looked at in test_asking",
    "guidance:receipt": "only after sending; walked and looked at in test_asking",
    "guidance:forget": "answers a form with a redirect; its page tests are in guidance",
    "guidance:reply": "answers a form with a redirect; walked in test_asking",
    "guidance:tell-who": "answers a form with a redirect; walked in test_asking",
    "guidance:withdraw": "answers a form with a redirect; its story is in guidance",
    "guidance:close": "answers a form with a redirect; its page tests are in guidance",
    "guidance:leave": "leads away from the site; walked in test_asking",
    "guidance:desk-request": "needs a request; walked and looked at in test_queue_journey",
    "guidance:take": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:release": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:reached": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:answer": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:attach-basket": "answers a form; its page tests are in guidance, walked in test_basket_journey",
    "guidance:take-back": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:note": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:check-urgency": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:keep-writing": "answers with nothing; tried in test_queue_journey",
    "guidance:mark-kind": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:wait": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:assign": "answers a form; its page tests are in guidance",
    "guidance:unassign": "answers a form with a redirect; its page tests are in guidance",
    "guidance:hand-over": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:resolve": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:reopen": "answers a form; its page tests are in guidance, walked in test_queue_journey",
    "guidance:explain-breach": "answers a form with a redirect; its page tests are in guidance",
    "evaluation:open-round": "answers a form with a redirect; its page tests are in evaluation",
    "evaluation:write": "answers a form with a redirect; its page tests are in evaluation",
    "evaluation:judge": "answers a form with a redirect; its page tests are in evaluation",
    "evaluation:freeze": "answers a form with a redirect; its page tests are in evaluation",
    "evaluation:reopen": "answers a form with a redirect; its page tests are in evaluation",
    "evaluation:report-pdf": "a file; its page tests are in evaluation, downloaded in test_report_journey",
    "evaluation:report-xlsx": "a file; its page tests are in evaluation",
    "evaluation:report-csv": "a file; its page tests are in evaluation",
    "evaluation:report-json": "a file; its page tests are in evaluation",
    "evaluation:open-csv": "a file; its page tests are in evaluation",
    "evaluation:open-json": "a file; its page tests are in evaluation",
    "ptv:runs": "needs the administrator; its page tests are in directory/ptv",
    "ptv:run": "needs a run, which a demo has not; its page tests are in directory/ptv",
    "ptv:begin": "answers a form with a redirect; its page tests are in directory/ptv",
    "ptv:decide": "answers a form with a redirect; its page tests are in directory/ptv",
    "ptv:settle": "answers a form with a redirect; its page tests are in directory/ptv",
    "upkeep:stopped": "needs the administrator; walked and looked at, full and empty, in test_upkeep_page",
    "upkeep:again": "answers a form with a redirect; its page tests are in portals/upkeep",
    "upkeep:kind-again": "answers a form with a redirect; its page tests are in portals/upkeep",
    "upkeep:put-aside": "answers a form; its page tests are in portals/upkeep, walked in test_upkeep_page",
    "family:set-municipality": "answers a form with a redirect; walked in test_journeys",
}


def listings() -> list[Looked]:
    """A few services and places of the example county: the fullest, the barest, and sensitive ones."""
    return [
        Looked("directory:service", "/palvelut/perheohjaus-kotiin-lakeus/"),
        Looked("directory:place", "/paikat/kohtaamispaikka-tupa-liminka/"),
    ]
