"""What follows from records: history, indexes, trends; computed before any template sees it."""
