"""Addresses of evaluation: goals, rounds and reports."""

from django.urls import URLPattern, path

from turvaverkko.evaluation.views import goals, rounds

app_name = "evaluation"
urlpatterns: list[URLPattern] = [
    path("koordinaatio/tavoitteet/", goals.tree, name="goals"),
    path("koordinaatio/tavoitteet/<slug:code>/", goals.goal, name="goal"),
    path("koordinaatio/kierrokset/", rounds.listing, name="rounds"),
    path("koordinaatio/kierrokset/avaa/", rounds.begin, name="open-round"),
    path("koordinaatio/kierrokset/vertaa/", rounds.compare, name="compare"),
    path("koordinaatio/kierrokset/<slug:code>/", rounds.show, name="round"),
    path("koordinaatio/kierrokset/<slug:code>/teksti/", rounds.write, name="write"),
    path("koordinaatio/kierrokset/<slug:code>/arvio/", rounds.judge, name="judge"),
    path("koordinaatio/kierrokset/<slug:code>/jaadyta/", rounds.freeze, name="freeze"),
    path("koordinaatio/kierrokset/<slug:code>/avaa/", rounds.reopen, name="reopen"),
]
