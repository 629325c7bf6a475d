"""Stems of the other languages, and stop words. Small, bundled, permissively licensed (Snowball)."""

import threading
from functools import lru_cache

import Stemmer

from turvaverkko.directory.search.text import script

# Languages that have a name space of their own in the index, by alphabet.
OTHER_LANGUAGES: dict[str, tuple[str, ...]] = {
    "latin": ("sv", "en"),
    "cyrillic": ("ru", "uk"),
    "arabic": ("ar",),
}
_ALGORITHMS = {"fi": "finnish", "sv": "swedish", "en": "english", "ru": "russian", "ar": "arabic"}
# Unit: letters. There is no bundled Ukrainian stemmer; a prefix of five letters keeps a word's
# family together and its neighbours mostly apart.
_UKRAINIAN_PREFIX = 5
_handles = threading.local()

STOP_WORDS: dict[str, frozenset[str]] = {
    "fi": frozenset(
        "ja tai sekä että jos kun koska mutta vaan niin kuin myös vielä jo nyt sitten joko eli "
        "on ovat oli olivat ole olen olet olemme olette olla ollut olisi olisin oon oot "
        "en et emme ette eivät ei älä eikä enää "
        "minä sinä hän me te he mä sä mun sun mua sua mulla sulla minun sinun hänen meidän teidän heidän "
        "minulla meillä minulle meille minut mut meitä minua meidät itse "
        "se ne tämä tuo nämä nuo sen sitä siitä siinä siihen tätä tässä tähän tällä sillä niitä niiden "
        "joka jotka jonka jota jossa johon mikä mitä mistä missä mihin minne millä minkä kuka kenen kenelle kenelläkään "
        "keneltä miten miksi milloin kuinka voi voiko voin voinko voisi voisiko voisin saa saako saan saanko "
        "pitää pitäisi täytyy kannattaa haluan haluaisin haluaa haluaisimme tarvitsen tarvitsemme tarvitsee tarvitaan "
        "tehdä teen tekee tehdään mennä menen saada löytyy löytyykö onko mikäli vain ihan tosi aina koko kaikki "
        "jotain joku jokin mitään ketään asia asiat asiassa etsin haen hakea jonnekin johonkin jossain "
        "kanssa ilman varten kohti ennen jälkeen aikana takia vuoksi "
        "olevan oleva paljon vähän liian hyvin noin kai siis "
        "apua apu auttaa auttakaa autetaan tuki tukea palvelu palvelut palveluja palvelua "
        "oma omat omaa jäi jäädä kiinni alkaa alkaen ihmiset moni kerta asuu asuvat antaa pitäisikö miltä tuntuu".split()
    ),
    "sv": frozenset(
        "och eller att som för på av i till med om den det de en ett är var har hade inte kan vill ska "
        "jag du han hon vi ni min mitt mina sin sina hur vad vem när där här från vid utan så men åt "
        "hjälp få får behöver finns någon något vart".split()
    ),
    "en": frozenset(
        "a an the and or of for to in on at with from by is are was be been have has do does not can "
        "i you he she we they my your his her our their me us how what who when where which it this that "
        "help need get want there any someone about am if".split()
    ),
    "ru": frozenset(
        "и или в на с со для от до по из за о об у к не ни что как где кто когда если мой моя мои мне "
        "я ты он она мы вы они это то есть быть помощь помогите нужна нужен нужно".split()
    ),
    "uk": frozenset(
        "і й або в у на з із для від до по за про не ні що як де хто коли якщо мій моя мої мені я ти "
        "він вона ми ви вони це то є бути допомога допоможіть потрібна потрібен потрібно".split()
    ),
    "ar": frozenset(
        "في من على إلى عن مع أو و ما هل كيف أين متى هذا هذه التي الذي أنا نحن لا لم لن كان يكون "
        "مساعدة أحتاج أريد لدي عندي".split()
    ),
}


def _stemmer(language: str) -> "Stemmer.Stemmer":
    """This thread's own stemmer: the C object keeps state while it works."""
    handles: dict[str, Stemmer.Stemmer] = _handles.__dict__.setdefault("by_language", {})
    if language not in handles:
        handles[language] = Stemmer.Stemmer(_ALGORITHMS[language])
    return handles[language]


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of `word` in `language`; Ukrainian words are cut to a prefix."""
    if language == "uk":
        return word[:_UKRAINIAN_PREFIX]
    return str(_stemmer(language).stemWord(word))


def languages_of(word: str) -> tuple[str, ...]:
    """The languages other than Finnish in which `word` may be written, by its alphabet."""
    return OTHER_LANGUAGES[script(word)]
