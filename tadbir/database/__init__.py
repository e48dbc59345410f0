"""What Tadbir asks of its database: a fair queue of writers, append-only tables, walls between councils."""
