"""The product's addresses, and views of a staff app that does not exist, behind the guards."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.module_loading import import_string

from turvaverkko.organisation.sign_in.api import StaffRequest, require_fresh, signed_in_only, staff_only


@staff_only
def note(request: StaffRequest) -> HttpResponseBase:
    """A page with a form, and what was sent with it."""
    roles = ",".join(role.role for role in request.roles)
    return HttpResponse(f"{request.user.display_name}|{roles}|{request.POST.getlist('text')}")


@staff_only
@require_fresh(minutes=5)
def export(request: StaffRequest) -> HttpResponseBase:
    """A sensitive act."""
    return HttpResponse(f"exported {request.POST.get('what', request.GET.get('what', ''))}")


@signed_in_only
def hello(request: StaffRequest) -> HttpResponseBase:
    """For anybody who is signed in."""
    return HttpResponse(request.user.email)


urlpatterns = [
    path("koe/kirjaus/", note),
    path("koe/vienti/", export),
    path("koe/hei/", hello),
    # By name: a test of this floor may not import what stands above it.
    *import_string("turvaverkko.config.urls.urlpatterns"),
]
handler404 = "turvaverkko.portals.family.views.errors.not_found"
