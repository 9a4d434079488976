"""What a planner asked for and cannot have, as a sentence that says what to do instead."""


class WrongInput(Exception):
    """Something that a planner asked for cannot be done; the message is a sentence that says what
    to do instead.
    """


def sentence_of(error: OSError) -> str:
    """Why the system refused, as the end of a sentence: `Permission denied`."""
    return error.strerror or type(error).__name__
