"""Exercises in the shapes of other projects: read, their words put into ours, and what their prose says suggested."""
