"""One module for each command: `run` does what the command says and gives its exit code."""
