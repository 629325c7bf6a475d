"""Addresses of indicators: for coordinators and directors; no figure tells of a family."""

from django.urls import URLPattern, path

from turvaverkko.indicators.views import pages

app_name = "indicators"
urlpatterns: list[URLPattern] = [
    path("koordinaatio/", pages.front, name="front"),
    path("koordinaatio/mittarit/", pages.listing, name="list"),
    path("koordinaatio/mittarit/<slug:code>/", pages.one, name="indicator"),
    path("koordinaatio/mittarit/<slug:code>/luvut.csv", pages.one_csv, name="csv"),
    path("koordinaatio/alueet/", pages.areas, name="areas"),
    path("koordinaatio/alueet/<slug:code>/", pages.compared, name="compared"),
    path("koordinaatio/alueet/<slug:code>/luvut.csv", pages.compared_csv, name="areas-csv"),
    path("koordinaatio/laatu/", pages.quality, name="quality"),
]
