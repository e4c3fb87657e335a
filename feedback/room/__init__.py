"""A workshop as it happens: remarks come in and find their theme, the room weighs and decides, and all of it is the panel's."""
