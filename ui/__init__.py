"""How people reach the planner: the command line, and later the screen."""
