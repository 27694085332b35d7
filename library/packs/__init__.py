"""Signed packs: what the site holds published for other sites, and what others publish, followed here."""
