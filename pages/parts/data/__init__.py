"""The parts of the page of data: the list, the chosen measure, its figures, files, the report."""
