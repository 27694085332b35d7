"""Template tags of the front of house."""
