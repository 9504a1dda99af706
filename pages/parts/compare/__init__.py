"""The panes of the page of comparisons."""
