"""Addresses of the administrator's pages."""

from django.urls import URLPattern, path

from turvaverkko.portals.upkeep import views

app_name = "upkeep"
urlpatterns: list[URLPattern] = [
    path("tyo/yllapito/pysahtyneet/", views.stopped, name="stopped"),
    path("tyo/yllapito/pysahtyneet/uudelleen/", views.again, name="again"),
    path("tyo/yllapito/pysahtyneet/kaikki-uudelleen/", views.kind_again, name="kind-again"),
    path("tyo/yllapito/pysahtyneet/sivuun/", views.put_aside, name="put-aside"),
]
