"""Addresses of indicators: for coordinators and directors; no figure tells of a family."""

from django.urls import URLPattern

app_name = "indicators"
urlpatterns: list[URLPattern] = []
