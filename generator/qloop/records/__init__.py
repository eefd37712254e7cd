"""The record formats: what an archive may hold (see docs/guide/records.md for writers)."""
