"""The investor's pages of a case: views parse, call one verb, answer."""
