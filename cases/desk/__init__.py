"""The officials' desk inside Django's admin: the queue, the case page, the action pages, the reference data."""
