from django.http import HttpRequest, HttpResponse
def services(request: HttpRequest) -> HttpResponse: return HttpResponse()
def suggest(request: HttpRequest) -> HttpResponse: return HttpResponse()
def service(request: HttpRequest, slug: str) -> HttpResponse: return HttpResponse()
service_qr=situation=age=municipality=place=service
places=services
