"""What comes in on the pages of the office."""
