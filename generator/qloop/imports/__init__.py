"""Marketplace reports become weekly counts: decode, read, pick columns, count, plan weeks, write.

Nothing that leads to a person stays: order ids live in memory, for the sake of duplicates, comments for a suggestion.
"""
