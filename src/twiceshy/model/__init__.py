"""Values: what the rest of the house talks about; standard library only."""
