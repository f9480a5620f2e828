"""The wall of a waiting zone and its voice."""
