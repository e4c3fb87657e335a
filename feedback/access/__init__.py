"""Who may see what: roles, and small groups that stay unseen."""
