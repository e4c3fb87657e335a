"""What must not be known any more: one person's contributions, words that slipped through, and what stays so."""
