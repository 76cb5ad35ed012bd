"""Ways in: each translates between people or programs and one `Project`; none decides anything."""
