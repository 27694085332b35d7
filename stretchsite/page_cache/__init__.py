"""The page cache in front of Django: the same answer again, as long as nothing it could show has changed."""
