"""Addresses of staying true: the page behind a letter's link, and those of editors."""

from django.urls import URLPattern, path

from turvaverkko.directory.staying.views import corrections, listings, quality

app_name = "staying"
urlpatterns: list[URLPattern] = [
    path("vahvista/<str:token>/", listings.listings, name="listings"),
    path("vahvista/<str:token>/vastaa/", listings.answer, name="answer"),
    path("vahvista/<str:token>/muuttunut/", listings.changed, name="changed"),
    path("vahvista/<str:token>/kumoa/", listings.undo, name="undo"),
    path("tyo/sisallot/korjaukset/", corrections.corrections, name="corrections"),
    path("tyo/sisallot/korjaukset/<slug:public_id>/", corrections.finish, name="correct"),
    path("koordinaatio/sisallot/", quality.quality, name="quality"),
    path("koordinaatio/sisallot/<slug:what>/", quality.listing, name="quality-list"),
    path("koordinaatio/sisallot/<slug:what>.csv", quality.listing_csv, name="quality-csv"),
]
