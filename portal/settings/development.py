"""`make run`: the embedded default (SQLite, a private Redis) with the demo accounts."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import env

DEBUG = env.bool("DEBUG", default=True)
DEMO = env.bool("DEMO", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="development-only-not-a-secret")
ALLOWED_HOSTS = ["*"]
SECOND_FACTOR_FOR_OFFICIALS = not DEMO
