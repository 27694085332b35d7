"""Whose site this is: what a clinic sets in the admin so that the site is its own."""
