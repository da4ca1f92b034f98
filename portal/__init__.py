"""The project: settings, addresses, health, the home page and the site's look."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
