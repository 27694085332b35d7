"""The site: what brings the floors together. Its version is the newest dated one in CHANGELOG.md."""

__version__ = "0.2.0"
