"""Template tags every floor may use."""
