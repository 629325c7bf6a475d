"""Words that carry little or no meaning in a query, by language. Own lists."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Dropped from queries and phrases when other words are left.
STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    "fi": _words(
        """
        ja tai sekä että jos kun koska mutta vaan niin kuin myös vielä jo nyt sitten joko eli on ovat oli
        olivat ole olen olet olemme olette olla ollut olisi olisin oon oot en et emme ette eivät ei älä eikä
        enää minä sinä hän me te he mä sä mun sun mua sua mulla sulla minun sinun hänen meidän teidän heidän
        minulla meillä minulle meille minut mut meitä minua meidät itse se ne tämä tuo nämä nuo sen sitä
        siitä siinä siihen tätä tässä tähän tällä sillä niitä niiden joka jotka jonka jota jossa johon mikä
        mitä mistä missä mihin minne millä minkä kuka kenen kenelle kenelläkään keneltä miten miksi milloin
        kuinka voi voiko voin voinko voisi voisiko voisin saa saako saan saanko pitää pitäisi täytyy
        kannattaa haluan haluaisin haluaa haluaisimme tarvitsen tarvitsemme tarvitsee tarvitaan tehdä teen
        tekee tehdään mennä menen saada löytyy löytyykö onko mikäli vain ihan tosi aina koko kaikki jotain
        joku jokin mitään ketään asia asiat asiassa etsin haen hakea jonnekin johonkin jossain kanssa ilman
        varten kohti ennen jälkeen aikana takia vuoksi olevan oleva paljon vähän liian hyvin noin kai siis
        apua apu auttaa auttakaa autetaan tuki tukea palvelu palvelut palveluja palvelua oma omat omaa jäi
        jäädä kiinni alkaa alkaen ihmiset moni kerta asuu asuvat antaa pitäisikö miltä tuntuu pois muut
        muita muiden muu muille toinen toista todettiin jatkuvasti ajan
        """
    ),
    "sv": _words(
        """
        och eller att som för på av i till med om den det de en ett är var har hade inte kan vill ska jag du
        han hon vi ni min mitt mina sin sina hur vad vem när där här från vid utan så men åt hjälp få får
        behöver finns någon något vart
        """
    ),
    "en": _words(
        """
        a an the and or of for to in on at with from by is are was be been have has do does not can i you he
        she we they my your his her our their me us how what who when where which it this that help need get
        want there any someone about am if
        """
    ),
    "ru": _words(
        """
        и или в на с со для от до по из за о об у к не ни что как где кто когда если мой моя мои мне я ты он
        она мы вы они это то есть быть помощь помогите нужна нужен нужно
        """
    ),
    "uk": _words(
        """
        і й або в у на з із для від до по за про не ні що як де хто коли якщо мій моя мої мені я ти він вона
        ми ви вони це то є бути допомога допоможіть потрібна потрібен потрібно
        """
    ),
    "ar": _words(
        """
        في من على إلى عن مع أو و ما هل كيف أين متى هذا هذه التي الذي أنا نحن لا لم لن كان يكون مساعدة أحتاج
        أريد لدي عندي
        """
    ),
}

# Stop words that decide whether a phrase speaks of danger: without "haluan", "haluan kuolla" would be
# any death. They rank nothing, but crisis help is pinned only when they are said too.
DECIDING: Final[dict[str, frozenset[str]]] = {
    "fi": _words("haluan haluaisin haluaa haluaisimme mennä menen"),
    "sv": _words("vill"),
    "en": _words("want"),
    "ru": frozenset(),
    "uk": frozenset(),
    "ar": _words("أريد"),
}

# "Ei", "inte", "not": one and the same token, so that "ei nuku" is not "nukkuu".
NEGATIONS: Final = _words("ei en et emme ette eivät ilman eikä inte not no не нет لا")

# Words that say for whom, or that something is wanted, in their base forms: damped, never dropped.
GENERIC: Final = _words(
    """
    lapsi lapset perhe vanhempi nuori äiti isä vauva aikuinen ihminen poika tyttö tytär mies vaimo
    puoliso veli sisko yö päivä ilta toiminta ryhmä neuvo neuvonta ohjaus hoito hoitaa hoitaja apu
    auttaa tuki tukea palvelu palvella perhepalvelu paikka tieto maksu koti kotona vuosi tehdä kertoa
    hakea hakeminen tarvita saada ottaa yhteys mennä tulla asua barn familj förälder mamma pappa tjänst
    child children family parent mother father service kid ребенок ребёнок дети семья дитина діти طفل
    أطفال عائلة طفلي الطفل barnet barnen baby kids ребенка ребенку детей детям дитини дитину дітей сім'я
    koulu viikonloppu jutella nähdä ilmainen ilmoittautua
    """
)
