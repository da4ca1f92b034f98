"""Technology that needs an opinion, and files that are what they say."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.findings import Level
from cases.precheck import live_papers, paper_rules
from projects.checking import Facts, Said, check, fail, fine, note, open_


@check("V21", level=Level.BLOCK, path="technology_list", clause="D96 39(3e)")
def technology_is_allowed(facts: Facts) -> Iterator[Said]:
    """Banned technology is refused; restricted technology and technology under appraisal need their explanation."""
    registration = facts.registration
    if registration.technology_list == "banned":
        yield fail(_("A technology on the list of banned technologies cannot be used."))
    elif registration.technology_list == "restricted":
        yield fail(
            _(
                "A technology restricted for transfer needs an opinion of the science and technology "
                "authority: please "
                "attach the explanation of the technology."
            ),
            level=Level.WARN,
        )
    elif registration.technology_opinion:
        yield note(
            _("The technology is subject to appraisal or an opinion: please attach its explanation."),
            "technology_opinion",
        )
    elif registration.technology_list and registration.technology_opinion is False:
        yield fine(_("The technology is neither restricted nor subject to appraisal."))
    else:
        yield open_(_("The technology can be checked once both questions about it are answered."))


@check("V24", level=Level.BLOCK, path="papers", clause="D96 42(3a), 6(5)")
def files_are_what_they_say(facts: Facts) -> Iterator[Said]:
    """Each file is filed under a paper of the procedure, whose name it gets when the dossier is handed over."""
    case = facts.registration.case
    names = {rule.code for rule in paper_rules(case)}
    strange = [paper for paper in live_papers(case) if paper.paper not in names]
    for paper in strange:
        yield fail(
            _("The file “%(name)s” belongs to no paper of this procedure: please take it out or attach it again.")
            % {"name": paper.name},
            f"papers.{paper.paper}",
        )
    if not strange:
        yield fine(_("Every file is filed under the paper it is."))
    if facts.registration.investment_form == "existing_company":
        yield open_(_("Whether the copies carry a digital signature is checked by the office."))
    else:
        yield note(_("A foreign investor who files before the company exists need not sign the copies digitally."))
