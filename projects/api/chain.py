"""The daily heads of the capital chains for programs. No sign-in, rate limited."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.throttling import ScopedRateThrottle

from accounts.access import open_to
from cases.api.pages import KeyPages
from projects.models import ChainHead


class ChainHeadRow(serializers.ModelSerializer[ChainHead]):
    """One day: `head` is the SHA-256 over the last hashes of all chains as they stood at `verified_at`."""

    class Meta:
        model = ChainHead
        fields = ("on", "head", "projects", "events", "ok", "verified_at")


class ChainHeadPages(KeyPages):
    """The newest hundred days, and the cursor to those before."""

    page_size = 100
    ordering = "-on"


@extend_schema_view(get=extend_schema(operation_id="chain_heads_list"))
@open_to("anyone")
class ChainHeadList(ListAPIView[ChainHead]):
    """The heads kept day by day, newest first; how to check one is written at /verify/chain/how/."""

    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"
    pagination_class = ChainHeadPages
    serializer_class = ChainHeadRow
    queryset = ChainHead.objects.all()
