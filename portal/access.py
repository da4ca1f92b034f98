"""Who may open the views that are not ours and so cannot say it themselves (see accounts.access)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from accounts.access import ANYONE, OFFICIAL, PERSON

# view name, namespace, or dotted path of the view -> who. The admin asks every permission again by itself.
ACCESS: Final[Mapping[str, str | Iterable[str]]] = {
    # the officials' desk; its sign-in address only leads to ours
    "admin": OFFICIAL,
    "admin:login": ANYONE,
    # signing in and out, passwords
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_signup": ANYONE,
    "account_email_verification_sent": ANYONE,
    "account_inactive": ANYONE,
    "account_reset_password": ANYONE,
    "account_confirm_login_code": ANYONE,
    "account_confirm_password_reset_code": ANYONE,
    "account_complete_password_reset": ANYONE,
    "account_password_reset_completed": ANYONE,
    "account_reauthenticate": PERSON,
    "usersessions_list": PERSON,
    "account_change_password": PERSON,
    "account_set_password": PERSON,
    "account_email": PERSON,
    # second factor
    "mfa_authenticate": ANYONE,
    "mfa_reauthenticate": PERSON,
    "mfa_index": PERSON,
    "mfa_activate_totp": PERSON,
    "mfa_deactivate_totp": PERSON,
    "mfa_view_recovery_codes": PERSON,
    "mfa_generate_recovery_codes": PERSON,
    "mfa_download_recovery_codes": PERSON,
    # the API's own description and the development server's files
    "api-schema": ANYONE,
    "api-docs": ANYONE,
    "django.contrib.staticfiles.views.serve": ANYONE,
    "django.views.static.serve": ANYONE,
}
