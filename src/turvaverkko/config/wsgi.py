"""The WSGI entry."""

import os

from django.core.wsgi import get_wsgi_application

from turvaverkko.config import warming

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turvaverkko.config.settings.prod")
application = get_wsgi_application()
warming.begin(application)
