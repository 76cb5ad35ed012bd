"""The world: everything that touches files, git, the index or another service."""
