"""What a command writes to: results on stdout, everything else on stderr."""

import io
import json
import sys
from typing import Any

import typer


def speak_utf8() -> None:
    """Lets every character through: a pipe or file gets UTF-8, a terminal that lacks a character
    shows `?`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def print_json(document: Any) -> None:
    """A document for machines, on stdout."""
    typer.echo(json.dumps(document, indent=1, ensure_ascii=False))
