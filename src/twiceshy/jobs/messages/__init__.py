"""What commit messages say, read by every job in one way: whether they fix, take back, blame; and their prose."""
