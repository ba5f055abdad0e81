"""The parts of the path explorer."""
