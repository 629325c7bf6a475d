from django.http import HttpRequest, HttpResponse
def front(request: HttpRequest) -> HttpResponse: return HttpResponse()
set_municipality=centres=crisis=accessibility=privacy=cookies=open_data=about=robots=sitemap=health=front
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse: return HttpResponse(status=404)
def broken(request: HttpRequest) -> HttpResponse: return HttpResponse(status=500)
