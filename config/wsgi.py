import os

from django.core.wsgi import get_wsgi_application

from core.content_types import without_unreadable
from core.settling import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

application = without_unreadable(get_wsgi_application())
settle()
