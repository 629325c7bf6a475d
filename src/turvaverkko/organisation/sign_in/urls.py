"""Addresses of sign-in."""

from django.urls import path

from turvaverkko.organisation.sign_in.views import account, entering, proving

app_name = "sign_in"

urlpatterns = [
    path("kirjaudu/", entering.begin, name="begin"),
    path("kirjaudu/koodi/", entering.code, name="code"),
    path("kirjaudu/ota-kayttoon/", entering.enrol, name="enrol"),
    path("kirjaudu/lukittu/", proving.locked, name="locked"),
    path("kirjaudu/lukitse/", proving.lock, name="lock"),
    path("kirjaudu/vahvista/", proving.confirm, name="confirm"),
    path("kirjaudu/jatka/", proving.resume, name="resume"),
    path("kirjaudu/jatka/unohda/", proving.discard, name="discard"),
    path("kirjaudu/ulos/", proving.sign_out, name="sign-out"),
    path("tyo/oma-tili/", account.account, name="account"),
    path("tyo/oma-tili/muut-ulos/", account.others_out, name="others-out"),
    path("tyo/oma-tili/varakoodit/", account.backup_codes, name="backup-codes"),
    path("tyo/oma-tili/laite/", account.new_device, name="new-device"),
    path("tyo/oma-tili/salasana/", account.password, name="password"),
]
