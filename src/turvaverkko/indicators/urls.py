"""Addresses of indicators: for coordinators and directors; no figure tells of a family."""

from django.urls import URLPattern, path

from turvaverkko.indicators.entry import views as entry
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
    path("koordinaatio/mittarit/syotto/", entry.listing, name="entry"),
    path("koordinaatio/mittarit/syotto/pohja.xlsx", entry.template, name="entry-template"),
    path("koordinaatio/mittarit/syotto/tuo/", entry.bring, name="entry-bring"),
    path("koordinaatio/mittarit/syotto/tiedosto/<int:number>/", entry.preview, name="entry-preview"),
    path("koordinaatio/mittarit/syotto/tiedosto/<int:number>/laheta/", entry.propose, name="entry-propose"),
    path("koordinaatio/mittarit/syotto/<slug:public_id>/", entry.one, name="entry-one"),
    path("koordinaatio/mittarit/syotto/<slug:public_id>/tiedosto/", entry.source, name="entry-file"),
    path("koordinaatio/mittarit/syotto/<slug:public_id>/hyvaksy/", entry.approve, name="entry-approve"),
    path("koordinaatio/mittarit/syotto/<slug:public_id>/palauta/", entry.send_back, name="entry-send-back"),
    path("koordinaatio/mittarit/syotto/<slug:public_id>/peru/", entry.withdraw, name="entry-withdraw"),
    path(
        "koordinaatio/mittarit/syotto/<slug:public_id>/ota-takaisin/", entry.take_back, name="entry-take-back"
    ),
    path("koordinaatio/mittarit/<slug:code>/", pages.one, name="indicator"),
    path("koordinaatio/mittarit/<slug:code>/syota/", entry.form, name="entry-figure"),
    path("koordinaatio/mittarit/<slug:code>/syota/laheta/", entry.send, name="entry-send"),
    path("koordinaatio/mittarit/<slug:code>/luvut.csv", pages.one_csv, name="csv"),
    path("koordinaatio/alueet/", pages.areas, name="areas"),
    path("koordinaatio/alueet/<slug:code>/", pages.compared, name="compared"),
    path("koordinaatio/alueet/<slug:code>/luvut.csv", pages.compared_csv, name="areas-csv"),
    path("koordinaatio/laatu/", pages.quality, name="quality"),
    path("koordinaatio/laatu/lahteet/", sources.sources, name="sources"),
    path("koordinaatio/laatu/lahteet/luvut.csv", sources.sources_csv, name="sources-csv"),
]
