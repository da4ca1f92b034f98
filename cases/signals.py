"""The signals of the house: sent inside the transaction, after the event is written."""

from django.dispatch import Signal

case_moved = Signal()
"""Arguments: sender=Case, case, event. A receiver that raises undoes the move."""

project_moved = Signal()
"""Arguments: sender=Project, news (a `cases.news.ProjectNews`). A receiver that raises undoes the act."""

petition_adopted = Signal()
"""Arguments: sender=Petition, news (a list of `cases.news.PetitionNews`). A receiver that raises undoes it all."""

grant_moved = Signal()
"""Arguments: sender=IncentiveGrant, news (a `cases.news.GrantNews`). A receiver that raises undoes the act."""

deadline_near = Signal()
"""Arguments: sender=Case, chase (a `cases.chasing.Chase`). A receiver that raises leaves the step untold, for later."""
