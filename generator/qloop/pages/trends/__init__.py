"""Trend pages: charts with their tables beside them."""
