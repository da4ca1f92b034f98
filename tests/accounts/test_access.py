"""Default deny: nobody opens a view about which nobody said who may."""

import logging

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import include, path, resolve, reverse
from django.views import View
from rest_framework.authtoken.models import Token
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import access_table, admits, checked, declaration, open_to
from accounts.roles import ADMINISTRATOR, APPRAISER
from tests.accounts.makers import company, official, person, visitor

pytestmark = pytest.mark.django_db


def silent(request):
    return HttpResponse("nobody said who may read this")


def page(*audiences):
    """A page for these audiences."""

    @open_to(*audiences)
    def view(request):
        return HttpResponse("open")

    return view


@open_to("person")
class ClassPage(View):
    def get(self, request):
        return HttpResponse("open")


class SilentClassPage(View):
    def get(self, request):
        return HttpResponse("nobody said who may read this")


@open_to("investor")
class ApiClass(APIView):
    def get(self, request):
        return Response({"reader": request.user.email})


@open_to("person")
@api_view(["GET"])
def api_function(request):
    return Response({"reader": request.user.email})


class SilentApi(APIView):
    permission_classes = ()

    def get(self, request):
        return Response({})


urlpatterns = [
    path("try/silent/", silent),
    path("try/silent-class/", SilentClassPage.as_view()),
    path("try/class/", ClassPage.as_view()),
    path("api/try/silent/", SilentApi.as_view()),
    path("api/try/class/", ApiClass.as_view()),
    path("api/try/function/", api_function),
    *(path(f"try/{name}/", page(name)) for name in ("anyone", "person", "investor", "official", "accounts.view_user")),
    path("", include(settings.ROOT_URLCONF)),
]
here = pytest.mark.urls(__name__)


@pytest.fixture
def readers():
    """Everybody there is; None is somebody who is not signed in."""
    owner = person()
    company(owner)
    return {
        "stranger": None,
        "newcomer": person(),
        "owner": owner,
        "appraiser": official(APPRAISER),
        "administrator": official(ADMINISTRATOR),
    }


# Who opens what: "open", "sign in", "register" a company first, or "refused".
MATRIX = {
    "anyone": ("open", "open", "open", "open", "open"),
    "person": ("sign in", "open", "open", "open", "open"),
    "investor": ("sign in", "register", "open", "refused", "refused"),
    "official": ("sign in", "refused", "refused", "open", "open"),
    "accounts.view_user": ("sign in", "refused", "refused", "refused", "open"),
}


def outcome(answer) -> str:
    """What the answer means to the reader."""
    if answer.status_code == 302:
        return {reverse("account_login"): "sign in", reverse("organisation-new"): "register"}[answer.url.split("?")[0]]
    return {200: "open", 403: "refused"}[answer.status_code]


@here
@pytest.mark.parametrize("audience", MATRIX)
def test_each_audience_opens_exactly_what_is_declared_for_it(client, readers, audience):
    seen = []
    for reader in readers.values():
        browser = visitor()
        if reader:
            browser.force_login(reader)
        seen.append(outcome(browser.get(f"/try/{audience}/")))
    assert tuple(seen) == MATRIX[audience]


@here
@pytest.mark.parametrize("where", ["/try/silent/", "/try/silent-class/", "/api/try/silent/"])
@pytest.mark.parametrize("reader", ["stranger", "owner", "administrator"])
def test_a_view_about_which_nobody_spoke_is_refused_to_everyone_and_logged(client, readers, caplog, where, reader):
    if readers[reader]:
        client.force_login(readers[reader])
    with caplog.at_level(logging.ERROR, "accounts.middleware"):
        assert client.get(where).status_code == 403
    assert where in caplog.text


@here
def test_a_class_says_it_as_a_function_does(client, readers):
    assert outcome(client.get("/try/class/")) == "sign in"
    client.force_login(readers["newcomer"])
    assert outcome(client.get("/try/class/")) == "open"


@here
def test_signing_in_leads_back_to_the_page(client):
    assert client.get("/try/person/?page=2").url == "/account/login/?next=/try/person/%3Fpage%3D2"


@here
def test_a_page_fragment_sends_the_whole_page_to_signing_in(client):
    answer = client.get("/try/person/", headers={"hx-request": "true", "hx-current-url": "http://testserver/cases/"})
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith(reverse("account_login"))


@here
@pytest.mark.parametrize("where", ["/api/try/class/", "/api/try/function/"])
def test_a_program_that_is_not_signed_in_gets_401_as_problem_details(client, where):
    for headers in ({}, {"authorization": "Token wrong"}):
        answer = client.get(where, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == "Token"
        assert answer.json()["status"] == 401


@here
def test_a_program_that_may_not_gets_403_as_problem_details(client, readers):
    client.force_login(readers["appraiser"])
    answer = client.get("/api/try/class/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")


@here
@pytest.mark.parametrize("where", ["/api/try/class/", "/api/try/function/"])
def test_a_token_opens_the_api(client, readers, where):
    token = Token.objects.create(user=readers["owner"])
    answer = client.get(where, headers={"authorization": f"Token {token.key}"})
    assert answer.json() == {"reader": readers["owner"].email}


@here
def test_a_token_opens_no_page(client, readers):
    token = Token.objects.create(user=readers["owner"])
    answer = client.get("/try/person/", headers={"authorization": f"Token {token.key}"})
    assert outcome(answer) == "sign in"


@here
def test_a_token_is_looked_up_once(client, readers, django_assert_max_num_queries):
    token = Token.objects.create(user=readers["owner"])
    with django_assert_max_num_queries(2):
        client.get("/api/try/class/", headers={"authorization": f"Token {token.key}"})


def test_a_switched_off_account_opens_nothing():
    someone = person(is_active=False)
    assert not admits({"person"}, someone)
    assert admits({"anyone"}, AnonymousUser())


def test_a_permission_is_of_no_use_to_an_investor():
    someone = person(is_superuser=True)
    assert not admits({"accounts.view_user"}, someone)


@pytest.mark.parametrize("word", ["everyone", "officials", ""])
def test_a_spelling_mistake_stops_the_start(word):
    with pytest.raises(ImproperlyConfigured):
        open_to(word)


def test_an_empty_declaration_stops_the_start():
    with pytest.raises(ImproperlyConfigured):
        open_to()


def test_the_table_speaks_for_views_that_are_not_ours():
    match = resolve(reverse("account_login"))
    assert declaration(match.func, match) == {"anyone"}
    match = resolve(reverse("admin:accounts_user_changelist"))
    assert declaration(match.func, match) == {"official"}


def test_every_word_of_the_table_is_an_audience():
    for audiences in access_table().values():
        assert checked(audiences)
