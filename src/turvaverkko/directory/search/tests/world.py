"""A small catalogue of its own for the tests of the search: nothing here depends on the packs."""

from pathlib import Path

from turvaverkko.directory.search.document import Document, Texts
from turvaverkko.directory.search.entries import Entry
from turvaverkko.directory.search.places import Gazetteer, Place
from turvaverkko.directory.search.thesaurus import Concept

SHARED = Path(__file__).parents[6] / "shared" / "data" / "search"
THESAURUS = Path(__file__).parents[5] / "national" / "thesaurus"

PLACES = Gazetteer(
    Place(name.lower(), (name,))
    for name in ("Oulu", "Kempele", "Liminka", "Ii", "Haapavesi", "Siikajoki", "Oulainen", "Hailuoto")
)


def document(
    slug: str,
    name: str,
    summary: str = "",
    *,
    keywords: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    ages: tuple[int | None, int | None] = (None, None),
    **more: Texts,
) -> Document:
    own = Texts(name=name, summary=summary, keywords=keywords)
    return Document(
        key=f"service/{slug}",
        kind="service",
        texts={"fi": own, **more},
        municipalities=places,
        min_age=ages[0],
        max_age=ages[1],
        facets={"kind": ["service"], "way": ["phone"] if not places else ["on-site"]},
    )


CATALOGUE = [
    document("perheneuvola", "Perheneuvola", "Kasvatuksen ja perhe-elämän pulmiin."),
    document("lastenneuvola", "Lastenneuvola", "Lapsen kasvun seuranta.", ages=(0, 6)),
    document(
        "turvakoti", "Turvakoti", "Suoja sille, joka pelkää läheistään.", keywords=("lähisuhdeväkivalta",)
    ),
    document("kotipalvelu", "Lapsiperheiden kotipalvelu", "Tulemme kotiin, kun voimat loppuvat."),
    document("kahvila-ii", "Perhekahvila Rantapirtti", "Kahvia ja leikkiä.", places=("ii",)),
    document("kahvila-oulu", "Perhekahvila Mäntylä", "Kahvia ja leikkiä.", places=("oulu",)),
    document("kahvila-haapavesi", "Perhekahvila Joenranta", "Kahvia ja leikkiä.", places=("haapavesi",)),
    document("velka", "Talous- ja velkaneuvonta", "Kun laskut kasvavat ja rahat loppuvat."),
    document("uni", "Vauvan uni", "Kun vauva heräilee öisin.", keywords=("uniohjaus",), ages=(0, 2)),
    document("teinit", "Nuorten uni", "Unirytmi ja arki murrosiässä.", ages=(13, 17)),
    document(
        "speech",
        "Puheterapia",
        "Kun puhe viipyy.",
        sv=Texts(name="Talterapi", summary="När talet dröjer."),
        en=Texts(name="Speech therapy", summary="When speech is late."),
        ru=Texts(name="Логопед", summary="Помощь, если ребенок не говорит."),
        ar=Texts(name="علاج النطق", summary="عندما يتأخر الكلام"),
        uk=Texts(name="Логопедія", summary="Коли мовлення запізнюється."),
    ),
]
ENTRIES = [Entry(one, one.key.partition("/")[2]) for one in CATALOGUE]

CONCEPTS = [
    Concept(
        "vakivalta",
        {"fi": ("lähisuhdeväkivalta", "turvakoti"), "en": ("domestic violence",)},
        {"fi": ("mies lyö", "pelkään kotona")},
        situations=("kotona",),
        urgent=True,
    ),
    Concept(
        "uhma",
        {"fi": ("perheneuvola", "uhmaikä")},
        {"fi": ("lapsi lyö", "lapsi raivoaa")},
        situations=("raivo-riidat-rajat",),
    ),
    Concept("raha", {"fi": ("velkaneuvonta",)}, {"fi": ("rahat loppu", "pikavippi")}),
    Concept(
        "jaksaminen",
        {"fi": ("lapsiperheiden kotipalvelu",), "sv": ("hemservice",)},
        {"fi": ("olen ihan poikki", "voimat loppu")},
        related=("uhma",),
        situations=("uni-ja-jaksaminen",),
    ),
    Concept("uni", {"fi": ("uniohjaus",)}, {"fi": ("vauva ei nuku",)}),
]
