"""What each move will do, told before it is made: to the clock, and to whom it writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Effect:
    """`clock`: what happens to the legal time. `letter`: who is told, and how. `button`: the words on the button."""

    clock: Text
    letter: Text
    button: Text


_GOES_ON = _("The clock goes on as before.")
_NOBODY = _("Nothing goes to the investor; the official in charge is told by e-mail.")
_MAIL = _("The investor is told by e-mail.")

EFFECTS: Final[dict[str, Effect]] = {
    "accept": Effect(
        _("The clock starts on the next working day."),
        _("The investor gets the receipt with the day of the result (form 01), and an e-mail."),
        _("Accept and start the clock"),
    ),
    "return_incomplete": Effect(
        _("The clock does not start until a complete dossier is accepted."),
        _("The investor gets the request to complete the dossier (form 02), and an e-mail."),
        _("Return the dossier"),
    ),
    "assign": Effect(_GOES_ON, _NOBODY, _("Assign the case")),
    "request_supplement": Effect(
        _("The clock stops until the investor answers. A supplement may be asked for once per dossier."),
        _("The investor gets the supplement request (form 02), and an e-mail."),
        _("Send the supplement request"),
    ),
    "request_explanation": Effect(
        _("The clock stops until the investor answers."),
        _("The investor gets the request for an explanation (form 02), and an e-mail."),
        _("Send the request for an explanation"),
    ),
    "hold": Effect(_("The clock stops until you let it go on."), _MAIL, _("Stop the clock")),
    "resume": Effect(_("The clock goes on from today."), _MAIL, _("Let the clock go on")),
    "ask_opinion": Effect(
        _("The clock goes on. The other office has its own deadline, and silence counts as agreement."),
        _("Nothing goes to the investor. Send the question to the other office as usual; it is kept with the case."),
        _("Record the question"),
    ),
    "give_opinion": Effect(_GOES_ON, _NOBODY, _("Record the opinion")),
    "propose": Effect(
        _("The clock goes on until the decision."),
        _("Nothing goes to the investor yet: the signers are told by e-mail, and one of them decides."),
        _("Send for signature"),
    ),
    "approve": Effect(
        _("The clock goes on until the certificate is issued."),
        _("The investor is told by e-mail that the application is approved. The certificate is prepared."),
        _("Approve"),
    ),
    "refuse": Effect(
        _("The clock ends, and so does the case."),
        _("The investor gets the refusal notice with reasons, legal basis and the way to appeal, and an e-mail."),
        _("Refuse the application"),
    ),
    "send_back": Effect(_GOES_ON, _NOBODY, _("Send back to the appraiser")),
    "stop": Effect(
        _("The clock ends, and so does the case."),
        _("The investor gets the notice that processing stops (form 05), and an e-mail."),
        _("Stop processing"),
    ),
    "issue": Effect(
        _("The clock ends."),
        _("The certificate gets its number, is signed, and the investor is told by e-mail where to find it."),
        _("Issue the certificate"),
    ),
}
