"""What the pages of the register and the registers on paper read."""
