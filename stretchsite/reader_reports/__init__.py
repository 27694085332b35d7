"""What readers tell of a page, by choosing from a list: asked, kept without anything about them, and dealt with."""
