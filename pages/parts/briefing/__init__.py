"""The parts of the Briefing page: pictures and slides."""
