"""The one signal of the house: sent inside the transaction, after the event is written."""

from django.dispatch import Signal

case_moved = Signal()
"""Arguments: sender=Case, case, event. A receiver that raises undoes the move."""
