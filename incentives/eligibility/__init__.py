"""Which incentives a product and a project may get: a pure function of product, answers and the law of a day."""
