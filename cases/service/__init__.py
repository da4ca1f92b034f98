"""Service levels in public: what the office received and decided, and how long it took, month by month.

Everything is reckoned from the events that move the honest clock; nothing here says which case or whose it is.
"""
