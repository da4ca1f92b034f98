"""Import duty, land rent, deposit and credit with their own dates, on one timeline with the tax years."""
