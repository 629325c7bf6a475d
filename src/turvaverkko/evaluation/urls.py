"""Addresses of evaluation: goals, rounds and reports."""

from django.urls import URLPattern

app_name = "evaluation"
urlpatterns: list[URLPattern] = []
