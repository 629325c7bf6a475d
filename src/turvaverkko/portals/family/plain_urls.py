"""Addresses without a language: read by machines, not by families."""

from django.urls import URLPattern, path

from turvaverkko.portals.family.views import machines

urlpatterns: list[URLPattern] = [
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("terveys/", machines.health, name="health"),
]
