"""A private PostgreSQL and a private Redis for one command: real servers, no root needed, nothing left behind.

`python -m ops.services -- COMMAND...` gives COMMAND its DATABASE_URL and REDIS_URL. Where either is set already, that
server is used and left alone.
"""
