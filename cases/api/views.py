"""Cases for programs. Views parse, call one verb, answer; every read starts from `visible_to`."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import open_to
from accounts.membership import organisations_of
from accounts.models import Organisation, User
from cases.api.pages import KeyPages
from cases.api.serializers import (
    AttachmentSerializer,
    CaseRowSerializer,
    CaseSerializer,
    ChangeSerializer,
    CreateSerializer,
    OfficialCaseSerializer,
    PrecheckSerializer,
    UploadSerializer,
)
from cases.calendar import local_date
from cases.drafting import create, editing, made_with, may_change, open_paths
from cases.errors import Invalid
from cases.findings import blocking
from cases.forms import VERB_FORMS
from cases.kinds import kind_of
from cases.models import Case
from cases.precheck import precheck
from cases.querysets import CaseQuerySet
from cases.transitions import VERBS
from cases.uploads import attach

KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Repeating a request with its key repeats its answer."
)


class CasePages(KeyPages):
    """Newest first; the cursor keeps its place while cases come in."""

    page_size = 50


def person(request: Request) -> User:
    """Who asks; the access check has made sure it is a person."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def find(request: Request, reference: str) -> Case:
    """The case, if this person may see it (404 otherwise)."""
    return get_object_or_404(Case.objects.visible_to(person(request)).with_people(), reference=reference)


def answer(request: Request, case: Case, code: int = status.HTTP_200_OK) -> Response:
    """The case whole, in the reader's shape."""
    shape = OfficialCaseSerializer if person(request).is_staff else CaseSerializer
    return Response(shape(case, context={"request": request}).data, status=code)


def key_of(request: Request) -> str:
    """The request's idempotency key, at most 64 characters."""
    key: str = request.headers.get("Idempotency-Key", "")
    if len(key) > 64:
        raise Invalid({"Idempotency-Key": [_("The idempotency key may have at most 64 characters.")]})
    return key


@open_to("person")
class CaseList(ListAPIView[Case]):
    """The reader's cases; POST opens a draft."""

    permission_classes = (IsAuthenticated,)
    pagination_class = CasePages
    serializer_class = CaseRowSerializer

    def get_queryset(self) -> CaseQuerySet:
        """What the reader may see, searched and filtered."""
        cases = Case.objects.visible_to(person(self.request)).select_related("organisation")
        wanted = self.request.query_params
        if wanted.get("search"):
            cases = cases.matching(wanted["search"])
        if wanted.get("status"):
            cases = cases.filter(status=wanted["status"])
        return cases

    @extend_schema(
        operation_id="cases_list",
        parameters=[
            OpenApiParameter("search", str, description="Words of reference, project, company or tax code."),
            OpenApiParameter("status", str, description="One status code."),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the cases."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="cases_create", request=CreateSerializer, responses={201: CaseSerializer}, parameters=[KEY]
    )
    def post(self, request: Request) -> Response:
        """Open a draft, with as much of its dossier as is known."""
        wanted = CreateSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        by, key = person(request), key_of(request)
        kind = kind_of(wanted.validated_data["kind"])
        organisation = _organisation(by, wanted.validated_data["organisation"])
        if known := made_with(kind.slug, organisation=organisation, by=by, key=key):
            return answer(request, known, status.HTTP_201_CREATED)
        dossier = kind.model(case=Case(organisation=organisation))
        kind.serializer(dossier, data=wanted.validated_data["dossier"], partial=True).is_valid(raise_exception=True)
        with transaction.atomic():  # what cannot be written leaves no empty draft behind
            case = create(kind.slug, organisation=organisation, by=by, key=key)
            if wanted.validated_data["dossier"]:
                write_dossier(case, by, case.version, wanted.validated_data["dossier"])
        return answer(request, case, status.HTTP_201_CREATED)


@open_to("person")
class CaseDetail(APIView):
    """One case."""

    @extend_schema(operation_id="cases_read", responses=CaseSerializer)
    def get(self, request: Request, reference: str) -> Response:
        """Read a case: its state, clock, what may be done now, its history and its dossier."""
        return answer(request, find(request, reference))

    @extend_schema(operation_id="cases_change", request=ChangeSerializer, responses=CaseSerializer)
    def patch(self, request: Request, reference: str) -> Response:
        """Change a draft; a stale version is answered with 409 and the current one."""
        case = find(request, reference)
        wanted = ChangeSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        write_dossier(case, person(request), wanted.validated_data["version"], wanted.validated_data["dossier"])
        return answer(request, case)


@open_to("person")
class CaseAttachments(APIView):
    """The papers of a case."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="cases_attach",
        request={"multipart/form-data": UploadSerializer},
        responses={201: AttachmentSerializer},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Attach a paper; its type is read from its content."""
        case = find(request, reference)
        wanted = UploadSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        data = wanted.validated_data
        attachment = attach(case, by=person(request), paper=data["paper"], upload=data["file"])
        return Response(AttachmentSerializer(attachment).data, status=status.HTTP_201_CREATED)


@open_to("person")
class CasePrecheck(APIView):
    """The pre-check of a case."""

    @extend_schema(operation_id="cases_precheck", responses=PrecheckSerializer)
    def get(self, request: Request, reference: str) -> Response:
        """Run the list the officer will tick."""
        findings = precheck(find(request, reference), local_date())
        return Response(PrecheckSerializer({"can_submit": not blocking(findings), "findings": findings}).data)


@open_to("person")
class CaseMove(APIView):
    """The verbs of the procedure."""

    @extend_schema(
        operation_id="cases_move",
        parameters=[KEY, OpenApiParameter("verb", str, OpenApiParameter.PATH, enum=sorted(VERBS))],
        request=OpenApiTypes.OBJECT,
        responses=CaseSerializer,
    )
    def post(self, request: Request, reference: str, verb: str) -> Response:
        """Make a move. 409 if the state forbids it, 403 if the person may not, 400 with every gap at once."""
        case = find(request, reference)
        if verb not in VERBS:
            raise Http404
        move, by, key = VERBS[verb], person(request), key_of(request)
        version = _version(request)
        if not (key and case.events.filter(key=key, by=by, verb=verb).exists()):
            move.ensure_possible(case, by, version)
            form = VERB_FORMS[verb](request.data, case=case)
            if not form.is_valid():
                raise Invalid({name: [str(error) for error in errors] for name, errors in form.errors.items()})
            move(case, by=by, version=version, key=key, **form.details())
        return answer(request, Case.objects.with_people().get(pk=case.pk))


def write_dossier(case: Case, by: User, version: int, payload: dict[str, Any]) -> None:
    """Write the given answers; only those the office asked about once it has the dossier."""
    with editing(case, by=by, version=version) as locked:
        paths = open_paths(locked)
        closed = {name: [_("The office did not ask about this, so it cannot be changed now.")]
                  for name in payload if not may_change(paths, name)}  # fmt: skip
        if closed:
            raise Invalid(closed)
        change = kind_of(locked.kind).serializer(locked.dossier, data=payload, partial=True)
        change.is_valid(raise_exception=True)
        change.save()


def _organisation(by: User, given: str) -> Organisation:
    """The organisation meant by a tax code or an id, among those the person belongs to."""
    wanted = Q(tax_code=given) | (Q(pk=int(given)) if given.isdecimal() and len(given) < 10 else Q())
    found = organisations_of(by).filter(wanted).first() if given else None
    if found is None:
        raise serializers.ValidationError({"organisation": [_("You act for no organisation with this code.")]})
    return found


def _version(request: Request) -> int | None:
    given = request.data.get("version") if hasattr(request.data, "get") else None
    if given in (None, ""):
        return None
    try:
        return int(given)
    except (TypeError, ValueError):
        raise Invalid({"version": [_("The version is a whole number.")]}) from None
