"""Addresses of baskets. The staff's own page is at the desk, in guidance."""

from django.urls import URLPattern, path

from turvaverkko.directory.baskets import views

app_name = "baskets"
urlpatterns: list[URLPattern] = [
    path("kori/", views.basket, name="basket"),
    path("kori/lisaa/", views.add, name="add"),
    path("kori/tulosta/", views.sheet, name="sheet"),
    path("kori/<slug:code>/", views.shared, name="shared"),
]
