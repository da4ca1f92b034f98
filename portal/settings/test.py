"""The suite: real PostgreSQL, Redis and SMTP, given by `make test`; a cheap password hash; fixed secrets."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import INSTALLED_APPS, env

SECRET_KEY = env.str("SECRET_KEY", default="test-only-not-a-secret")
ALLOWED_HOSTS = ["*"]
DEMO = env.bool("DEMO", default=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_FACTOR_FOR_OFFICIALS = False
INSTALLED_APPS = ["tests.fourth_kind.apps.FourthKindConfig", *INSTALLED_APPS]
