"""What the site holds, written as a library of files that any site can load."""
