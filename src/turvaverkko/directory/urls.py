"""Addresses of the directory: their words are Finnish in every language, the prefix tells the language."""

from django.urls import URLPattern, path

from turvaverkko.directory.origins_page import origins
from turvaverkko.directory.views import boards, happening_calendars, happenings, pages, places, search

app_name = "directory"
urlpatterns: list[URLPattern] = [
    path("palvelut/", search.services, name="services"),
    path("palvelut/ehdota/", search.suggest, name="suggest"),
    path("palvelut/<slug:slug>/", pages.service, name="service"),
    path("palvelut/<slug:slug>/qr.svg", pages.service_qr, name="service-qr"),
    path("palvelut/<slug:slug>/alkupera/", origins, name="service-origins"),
    path("aiheet/<slug:slug>/", pages.situation, name="situation"),
    path("ika/<slug:slug>/", pages.age, name="age"),
    path("kunnat/<slug:slug>/", pages.municipality, name="municipality"),
    path("paikat/", places.places, name="places"),
    path("paikat/<slug:slug>/", places.place, name="place"),
    path("paikat/<slug:slug>/kalenteri.ics", happening_calendars.of_place, name="place-calendar"),
    path("paikat/<slug:slug>/naytto/", boards.screen, name="place-screen"),
    path("paikat/<slug:slug>/juliste/", boards.poster, name="place-poster"),
    path("paikat/<slug:slug>/qr.svg", boards.place_qr, name="place-qr"),
    path("tapahtumat/", happenings.happenings, name="happenings"),
    path("tapahtumat/kalenteri.ics", happening_calendars.of_list, name="happenings-calendar"),
    path("tapahtumat/<slug:slug>/", happenings.happening, name="happening"),
    path("tapahtumat/<slug:slug>/kalenteri.ics", happening_calendars.of_happening, name="happening-calendar"),
    path(
        "tapahtumat/<slug:slug>/<slug:day>/<int:number>.ics",
        happening_calendars.of_time,
        name="happening-time",
    ),
]
