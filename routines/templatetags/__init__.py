"""Template tags of routines."""
