"""Addresses of evaluation: goals, rounds and reports."""

from django.urls import URLPattern, path

from turvaverkko.evaluation.reports import views as reports
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
    path("koordinaatio/raportit/", reports.builder, name="reports"),
    path("koordinaatio/raportit/raportti/", reports.page, name="report"),
    path("koordinaatio/raportit/raportti.pdf", reports.as_pdf, name="report-pdf"),
    path("koordinaatio/raportit/raportti.xlsx", reports.as_xlsx, name="report-xlsx"),
    path("koordinaatio/raportit/raportti.csv", reports.as_csv, name="report-csv"),
    path("koordinaatio/raportit/raportti.json", reports.as_json, name="report-json"),
    path("avoin-data/arviointi/", reports.open_data, name="open-data"),
    path("avoin-data/arviointi/<slug:code>/luvut.csv", reports.open_csv, name="open-csv"),
    path("avoin-data/arviointi/<slug:code>/luvut.json", reports.open_json, name="open-json"),
]
