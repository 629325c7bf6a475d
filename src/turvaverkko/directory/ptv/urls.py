"""Addresses of the catalogue's page."""

from django.urls import URLPattern, path

from turvaverkko.directory.ptv import views

app_name = "ptv"
urlpatterns: list[URLPattern] = [
    path("tyo/yllapito/ptv/", views.runs, name="runs"),
    path("tyo/yllapito/ptv/aloita/", views.begin, name="begin"),
    path("tyo/yllapito/ptv/ajo/<slug:public_id>/", views.run, name="run"),
    path("tyo/yllapito/ptv/ajo/<slug:public_id>/paata/", views.decide, name="decide"),
    path("tyo/yllapito/ptv/ero/<int:pk>/", views.settle, name="settle"),
]
