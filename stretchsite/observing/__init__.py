"""What can be counted of the requests without knowing who asks: openings of public pages by the day, and metrics."""
