"""The read API: lists, search, sheets and changes as JSON, for programs that show this site's content elsewhere."""
