"""What a planner asked for and cannot have, as a sentence that says what to do instead."""

from planner.words.errors import WrongInput as WrongInput


def sentence_of(error: OSError) -> str:
    """Why the system refused, as the end of a sentence: `Permission denied`."""
    return error.strerror or type(error).__name__
