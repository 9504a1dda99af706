"""The parts of the page that gives pictures and slides."""
