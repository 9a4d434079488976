"""The facts of a district: what its sheets hold, and the problem that planning reads from them."""
