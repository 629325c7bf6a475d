"""Addresses of indicators: for coordinators and directors; no figure tells of a family."""

from django.urls import URLPattern, path

from turvaverkko.indicators.sotkanet import views as sotkanet
from turvaverkko.indicators.views import pages, sources

app_name = "indicators"
urlpatterns: list[URLPattern] = [
    path("koordinaatio/", pages.front, name="front"),
    path("koordinaatio/mittarit/", pages.listing, name="list"),
    path("koordinaatio/mittarit/sotkanet/", sotkanet.search, name="sotkanet"),
    path("koordinaatio/mittarit/sotkanet/<int:number>/", sotkanet.one, name="sotkanet-one"),
    path("koordinaatio/mittarit/sotkanet/<int:number>/kytke/", sotkanet.link, name="sotkanet-link"),
    path("koordinaatio/mittarit/sotkanet/<int:number>/lisaa/", sotkanet.add, name="sotkanet-add"),
    path("koordinaatio/mittarit/sotkanet/<int:number>/tarkista/", sotkanet.verify, name="sotkanet-verify"),
    path("koordinaatio/mittarit/<slug:code>/", pages.one, name="indicator"),
    path("koordinaatio/mittarit/<slug:code>/luvut.csv", pages.one_csv, name="csv"),
    path("koordinaatio/alueet/", pages.areas, name="areas"),
    path("koordinaatio/alueet/<slug:code>/", pages.compared, name="compared"),
    path("koordinaatio/alueet/<slug:code>/luvut.csv", pages.compared_csv, name="areas-csv"),
    path("koordinaatio/laatu/", pages.quality, name="quality"),
    path("koordinaatio/laatu/lahteet/", sources.sources, name="sources"),
    path("koordinaatio/laatu/lahteet/luvut.csv", sources.sources_csv, name="sources-csv"),
]
