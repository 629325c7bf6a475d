"""Why a request is in this queue: the route that brought it, told in one sentence."""

from django.utils.translation import gettext

from turvaverkko.guidance.desk.labels import Labels
from turvaverkko.guidance.desk.queries import ITEM_KIND
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.organisation.api import host_county, municipalities, path_of_county, path_of_municipality
from turvaverkko.work.api import unit_on_route


def why_here(request: ContactRequest, labels: Labels) -> str:
    """Return the sentence; the routes are those of today, so a request from before may have moved by hand."""
    item = request.item
    county = host_county()
    found = municipalities(county).filter(slug=item.municipality).first() if item.municipality else None
    route = unit_on_route(ITEM_KIND, path_of_municipality(found) if found else path_of_county(county))
    named = {"place": labels.municipality(item.municipality), "unit": item.unit.name}
    if route is None or route.unit_id != item.unit_id:
        return gettext("Pyyntö on siirretty tähän jonoon: %(unit)s.") % named
    if labels.is_elsewhere(item.municipality):
        return (
            gettext(
                "%(place)s ei kuulu tähän hyvinvointialueeseen. Siksi pyyntö tuli koko alueen jonoon: "
                "%(unit)s. Ohjaa perhe myös oman alueensa palveluun."
            )
            % named
        )
    if route.municipality_id or (route.area_id and found):
        return gettext("%(place)s kuuluu tähän jonoon: %(unit)s.") % named
    if not item.municipality:
        return gettext("Perhe ei kertonut paikkaa. Siksi pyyntö tuli koko alueen jonoon: %(unit)s.") % named
    return (
        gettext("Paikalla %(place)s ei ole omaa jonoa. Siksi pyyntö tuli koko alueen jonoon: %(unit)s.")
        % named
    )
