"""What is planned and under which rules. Imports no solver and no screen."""
