"""What the city asks the Government for: proposals for products and measures, never an entitlement."""
