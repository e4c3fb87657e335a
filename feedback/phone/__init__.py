"""The pages of phones in a room: plain HTTP, without an account, an app, or a script that is needed."""
