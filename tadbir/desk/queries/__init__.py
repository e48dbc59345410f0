"""What the pages of the office read. Everything starts from who asks."""
