"""Addresses of the family portal, each in every language of the interface."""

from django.urls import URLPattern, path

from turvaverkko.portals.family.views import centres, crisis, front, statements

app_name = "family"
urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("kunta/", front.set_municipality, name="set-municipality"),
    path("perhekeskukset/", centres.centres, name="centres"),
    path("kiireellinen-apu/", crisis.crisis, name="crisis"),
    path("saavutettavuus/", statements.accessibility, name="accessibility"),
    path("tietosuoja/", statements.privacy, name="privacy"),
    path("evasteet/", statements.cookies, name="cookies"),
    path("avoin-data/", statements.open_data, name="open-data"),
    path("tietoa/", statements.about, name="about"),
]
