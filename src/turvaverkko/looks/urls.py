"""Addresses of the gallery. Wired in the demo and in the tests only, never in production."""

from django.urls import path

from turvaverkko.looks import views

app_name = "looks"
urlpatterns = [
    path("tyyli/", views.gallery, name="gallery"),
    path("tyyli/<slug:page>/", views.example, name="example"),
]
