"""What people start from: a record's template (``qloop new``), a whole archive (``qloop init``)."""
