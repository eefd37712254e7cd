"""The search bundle: what is found, and under which tokens."""
