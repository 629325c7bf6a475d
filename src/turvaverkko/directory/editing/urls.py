"""Addresses of joining and editing."""

from django.urls import URLPattern, path

from turvaverkko.directory.editing.views import entering, joining, listings, many, one, reviewing

app_name = "editing"
urlpatterns: list[URLPattern] = [
    path("liity/", joining.join, name="join"),
    path("liity/<slug:token>/", joining.status, name="join-status"),
    path("kirjaudu/linkki/", entering.ask, name="ask-link"),
    path("kirjaudu/linkki/<slug:token>/", entering.enter, name="enter"),
    path("tyo/sisallot/", listings.listing, name="listings"),
    path("tyo/sisallot/uusi/", listings.new, name="new"),
    path("tyo/sisallot/monta/", many.many, name="many"),
    path("tyo/sisallot/liittymiset/", joining.joins, name="joins"),
    path("tyo/sisallot/liittymiset/<slug:public_id>/hyvaksy/", joining.accept, name="join-accept"),
    path("tyo/sisallot/liittymiset/<slug:public_id>/hylkaa/", joining.decline, name="join-decline"),
    path("tyo/sisallot/kumppanit/<slug:public_id>/luottamus/", joining.trust, name="trust"),
    path("tyo/sisallot/tarkistus/", reviewing.waiting, name="reviews"),
    path("tyo/sisallot/tarkistus/<slug:public_id>/", reviewing.show, name="review"),
    path("tyo/sisallot/tarkistus/<slug:public_id>/hyvaksy/", reviewing.accept, name="accept"),
    path("tyo/sisallot/tarkistus/<slug:public_id>/palauta/", reviewing.send_back, name="send-back"),
    path("tyo/sisallot/tarkistus/<slug:public_id>/peru/", reviewing.take_back, name="take-back"),
    path("tyo/sisallot/ilmoitus/<slug:public_id>/", one.show, name="one"),
    path("tyo/sisallot/ilmoitus/<slug:public_id>/muokkaa/", listings.edit, name="edit"),
    path("tyo/sisallot/ilmoitus/<slug:public_id>/tila/", one.move, name="move"),
    path("tyo/sisallot/ilmoitus/<slug:public_id>/kerta/", one.change_date, name="date"),
    path("tyo/sisallot/ilmoitus/<slug:public_id>/kopioi/", one.duplicate, name="duplicate"),
    path("tyo/sisallot/ilmoitus/<slug:public_id>/historia/", one.history, name="history"),
    path("tyo/sisallot/ilmoitus/<slug:public_id>/historia/palauta/", one.restore, name="restore"),
    path("tyo/sisallot/ilmoitus/<slug:public_id>/kentta/", one.field, name="field"),
]
