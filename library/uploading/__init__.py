"""Libraries that are uploaded in the admin: read, tried out and loaded by the worker, and what came of each row."""
