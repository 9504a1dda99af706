"""The parts of the Data page: the catalogue, the chosen measure, its files, the report."""
