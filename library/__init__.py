"""Loading a library: reading its files, checking them as a whole, and writing all of it or nothing."""
