"""The room: what a workshop is for, where it stands, who joined, what was hidden or pinned, what was voted."""
