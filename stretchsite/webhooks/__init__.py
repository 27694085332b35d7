"""Programs elsewhere are told at once of what ``/changes/`` lists: withdrawals, and new and changed warnings."""
