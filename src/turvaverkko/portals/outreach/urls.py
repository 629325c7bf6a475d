"""Addresses of outreach: for coordinators and directors; no figure tells of a family."""

from django.urls import URLPattern, path

from turvaverkko.portals.outreach import views

app_name = "outreach"
urlpatterns: list[URLPattern] = [
    path("koordinaatio/jalkautuminen/", views.visits, name="visits"),
    path("koordinaatio/jalkautuminen/kaynnit.csv", views.visits_csv, name="visits-csv"),
]
