"""Libraries as spreadsheets: one row a record, read into the same records as files are, and written from them."""
