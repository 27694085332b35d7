"""Videos of exercises."""
