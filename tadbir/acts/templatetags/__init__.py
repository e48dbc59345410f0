"""Words that templates of any layer above need of acts."""
