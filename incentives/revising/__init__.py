"""A change of the policy catalogue before it is law here: compared, replayed over past cases, published by a second person."""
