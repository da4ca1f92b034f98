"""The rules of the pre-check by topic; the numbers V1, V2, ... are those of the portal's rule table."""
