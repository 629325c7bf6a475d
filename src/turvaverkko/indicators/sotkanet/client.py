"""What Sotkanet is asked for; how it is asked, and what is refused, is in `core.asking`."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings

from turvaverkko.core.asking import Asker, NoAnswer, Trouble

__all__ = ["Client", "NoAnswer", "Trouble", "client"]


class Client(Asker):
    """The source of figures; its address is such as "https://sotkanet.fi/rest/1.1"."""

    __slots__ = ()

    def indicators(self) -> bytes:
        """Return the catalogue (JSON).

        Raises:
            NoAnswer: there is none.
        """
        return self.ask("/indicators")

    def regions(self) -> bytes:
        """Return the regions (JSON).

        Raises:
            NoAnswer: there is none.
        """
        return self.ask("/regions")

    def data(self, indicator: int, years: Sequence[int], sexes: Sequence[str], form: str) -> bytes:
        """Return figures of an indicator over all regions; `form` is "json" or "csv".

        Raises:
            NoAnswer: there are none.
        """
        query = [("indicator", str(indicator)), *(("years", str(one)) for one in years)]
        return self.ask(f"/{form}?{urlencode([*query, *(('genders', one) for one in sexes)])}")


def client() -> Client:
    """Return the client of the settings."""
    return Client(settings.SOTKANET_URL)
