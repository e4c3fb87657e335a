"""Service areas and quality aspects: what ships, which remark is about which, and what the coordinator changes."""
