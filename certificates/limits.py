"""How often anyone may ask the public check: one limit for its page and its API."""

from __future__ import annotations

import logging
from typing import Any

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

logger = logging.getLogger(__name__)


class VerifyThrottle(SimpleRateThrottle):
    """The rate `verify` of the settings, per address. Without the cache everybody may ask: the check stays up."""

    scope = "verify"

    def get_cache_key(self, request: Request, view: APIView) -> str:  # noqa: ARG002
        """One count per address, signed in or not."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether the address may ask now."""
        try:
            return bool(super().allow_request(request, view))
        except RedisError:
            logger.exception("The public check cannot count requests: the cache is away")
            return True


def retry_after(request: Any, view: Any = None) -> int:
    """0 if the address may ask now, else the seconds to wait. For pages that are not API views."""
    throttle = VerifyThrottle()
    if throttle.allow_request(request, view):
        return 0
    return max(1, round(throttle.wait() or 1))
