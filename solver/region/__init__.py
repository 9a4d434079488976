"""Plan a region: who is where, then every school for itself, then some together again."""
