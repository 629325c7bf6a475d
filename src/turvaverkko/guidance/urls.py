"""Addresses of guidance: the family's pages."""

from django.urls import URLPattern, path

from turvaverkko.guidance.views import asking, status

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
]
