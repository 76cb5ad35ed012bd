"""Verbs: what twiceshy does, given the world as arguments."""
