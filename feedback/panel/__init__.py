"""Who speaks: organisations, members behind pseudonyms, constituencies."""
