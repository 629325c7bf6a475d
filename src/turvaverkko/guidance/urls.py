"""Addresses of guidance: the family's pages and the guides' desk."""

from django.urls import URLPattern, path

from turvaverkko.guidance.views import asking, desk, desk_acts, desk_basket, desk_team, status

app_name = "guidance"
urlpatterns: list[URLPattern] = [
    path("pyyda-apua/", asking.who, name="who"),
    path("pyyda-apua/tilanne/", asking.situation, name="situation"),
    path("pyyda-apua/yhteys/", asking.contact, name="contact"),
    path("pyyda-apua/tarkista/", asking.check, name="check"),
    path("pyyda-apua/perilla/", asking.receipt, name="receipt"),
    path("pyyda-apua/tyhjenna/", asking.forget, name="forget"),
    path("pyyda-apua/tila/", status.status, name="status"),
    path("pyyda-apua/tila/vastaa/", status.reply, name="reply"),
    path("pyyda-apua/tila/kerro/", status.tell_who, name="tell-who"),
    path("pyyda-apua/tila/peru/", status.take_away, name="withdraw"),
    path("pyyda-apua/tila/sulje/", status.close, name="close"),
    path("poistu/", asking.leave, name="leave"),
    path("tyo/", desk.today, name="today"),
    path("tyo/jono/", desk.queue, name="queue"),
    path("tyo/kori/", desk_basket.basket, name="basket"),
    path("tyo/tiimi/", desk_team.team, name="team"),
    path("tyo/tiimi/syy/", desk_team.explain, name="explain-breach"),
    path("tyo/pyynnot/<slug:public_id>/", desk.show, name="desk-request"),
    path("tyo/pyynnot/<slug:public_id>/ota/", desk_acts.take, name="take"),
    path("tyo/pyynnot/<slug:public_id>/palauta/", desk_acts.release, name="release"),
    path("tyo/pyynnot/<slug:public_id>/tavoitettu/", desk_acts.reached, name="reached"),
    path("tyo/pyynnot/<slug:public_id>/vastaa/", desk_acts.answer, name="answer"),
    path("tyo/pyynnot/<slug:public_id>/kori/", desk_basket.attach, name="attach-basket"),
    path("tyo/pyynnot/<slug:public_id>/peru/", desk_acts.take_back, name="take-back"),
    path("tyo/pyynnot/<slug:public_id>/muistiinpano/", desk_acts.write_note, name="note"),
    path("tyo/pyynnot/<slug:public_id>/kesken/", desk_acts.keep_writing, name="keep-writing"),
    path("tyo/pyynnot/<slug:public_id>/kiireellisyys/", desk_acts.check, name="check-urgency"),
    path("tyo/pyynnot/<slug:public_id>/laji/", desk_acts.mark_kind, name="mark-kind"),
    path("tyo/pyynnot/<slug:public_id>/odota/", desk_acts.wait, name="wait"),
    path("tyo/pyynnot/<slug:public_id>/siirra/", desk_acts.hand_over, name="hand-over"),
    path("tyo/pyynnot/<slug:public_id>/anna/", desk_acts.give, name="assign"),
    path("tyo/pyynnot/<slug:public_id>/anna/peru/", desk_acts.give_back, name="unassign"),
    path("tyo/pyynnot/<slug:public_id>/paata/", desk_acts.resolve, name="resolve"),
    path("tyo/pyynnot/<slug:public_id>/avaa/", desk_acts.reopen, name="reopen"),
]
