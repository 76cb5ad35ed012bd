"""Sign-offs that can be checked: what is signed, who may sign, what became of it since."""
