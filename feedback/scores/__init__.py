"""What customers gave as a grade: means with their uncertainty, over service areas and sessions."""
