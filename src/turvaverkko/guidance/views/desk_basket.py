"""The basket of a worker: collecting at the desk, and putting it into the thread with a family."""

from http import HTTPStatus

from django.http import HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from turvaverkko.core.typed import repeat_typed
from turvaverkko.directory.baskets import api as baskets
from turvaverkko.guidance import queries
from turvaverkko.guidance.desk import forms
from turvaverkko.guidance.services import thread
from turvaverkko.guidance.views.desk import draw
from turvaverkko.guidance.views.desk_acts import Doing, Refused, do
from turvaverkko.organisation.sign_in.api import StaffRequest, pages_of, staff_only


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: StaffRequest) -> HttpResponseBase:
    """GET, POST tyo/kori/ : what a worker has collected for a family."""
    repeat_typed(request)
    get_token(request)
    holder = baskets.holder_of(request)
    done = baskets.act(holder, request.POST) if request.method == "POST" else baskets.Done()
    if request.method == "POST" and done.refused is None:
        query = f"?{urlencode({'tehty': done.code})}" if done.code else ""
        return HttpResponseRedirect(f"{holder.url}{query}", status=HTTPStatus.SEE_OTHER)
    context = baskets.context(request, holder, done.refused)
    status = HTTPStatus.BAD_REQUEST if done.refused else HTTPStatus.OK
    frame = {"nav": "basket", "role_pages": pages_of(request.roles)}
    return draw(request, "guidance/desk/basket.html", {**frame, **context}, status)


@staff_only
@require_POST
def attach(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST tyo/pyynnot/<id>/kori/ : send the own basket with a message, and go on with an empty one.

    It is emptied so that nothing meant for one family goes to the next; undoing in the basket brings it back.
    """

    def act(doing: Doing) -> str:
        holder = baskets.holder_of(request)
        if holder.basket is None or not holder.content.items:
            if queries.is_basket_held(doing.request, doing.actor.pk):  # the second press of one button
                return "basket"
            raise Refused({"kori-viesti": gettext("Korisi on tyhjä. Kerää siihen ensin palveluja.")})
        doing.run(text=doing.step.values["kori-viesti"], basket=baskets.written(holder.content))
        baskets.change(holder.basket, lambda _content: baskets.EMPTY)
        return "basket"

    return do(request, public_id, thread.answer, forms.basket, act)
