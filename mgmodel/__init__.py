"""A signed map of how magnesium acts on the stress response, and of how sure that is."""

__version__ = "2026.1"
