"""A change of the policy catalogue before it is law here: compared, replayed, published by a second person."""
