"""Files become notes and scores: readers, columns and scales, splitting into remarks, batches and undo."""
