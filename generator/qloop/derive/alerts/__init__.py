"""Alerts: what the weekly numbers say that somebody should look at. Thresholds: docs/decisions/alerts.md."""
