"""Make keys that stand for students.

They are the same for the same person in every import, and of no use without the secret.
"""

import base64
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from planner.private_files import make_folder
from planner.words.errors import DatasetError, Fault

ALWAYS = {"members": ("student",)}
"""By sheet, the columns that are always replaced by keys."""

STUDENTS = "students"
_HEADER = "intervention-planner key 1"
_BYTES = 32
_SHORTENED = 10
"""Bytes of the hash that a key keeps: that two of a million students share one is less likely than
one in 10¹².
"""


@dataclass(frozen=True)
class Secret:
    """What keys are made with, and the file in which the user keeps it; `new` where that file is
    still to be written.
    """

    content: bytes
    path: Path
    new: bool

    def key_for(self, word: str, of: str) -> str:
        """The key of a person: HMAC-SHA-256 of their id, shortened, as `S-4QJ7…` for a student.

        `of` is the sheet whose ids they are, so that a teacher and a student with one number have
        different keys.
        """
        said = f"{of}\0{normalize('NFC', word.strip())}".encode()
        digest = hmac.new(self.content, said, hashlib.sha256).digest()
        return f"{'S' if of == STUDENTS else of}-{base64.b32encode(digest[:_SHORTENED]).decode()}"

    @property
    def is_open(self) -> bool:
        """Whether others on this machine may read the file."""
        return (
            os.name == "posix"
            and not self.new
            and bool(self.path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
        )

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Writes a new secret where only its owner can read it, before anything is written with it;
        takes it back where that fails. Raises OSError.
        """
        if self.new:
            make_folder(self.path.parent)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(f"{_HEADER}\n{self.content.hex()}\n")
        try:
            yield
        except BaseException:
            if self.new:
                self.path.unlink(missing_ok=True)
            raise


def secret_in(path: Path) -> Secret:
    """The secret in a file, or a new one for it. Raises DatasetError where the file holds something
    else.
    """
    if not path.exists():
        return Secret(secrets.token_bytes(_BYTES), path, new=True)
    try:
        with path.open("rb") as file:
            header, _, digits = file.read(1000).decode("ascii").strip().partition("\n")
        content = bytes.fromhex(digits)
    except OSError as error:
        raise _wrong(path, f"cannot be read ({error.strerror}).") from None
    except ValueError:
        raise _wrong(path, *_NO_KEY) from None
    if header.strip() != _HEADER or len(content) != _BYTES:
        raise _wrong(path, *_NO_KEY)
    return Secret(content, path, new=False)


_NO_KEY = (
    "is no key that an import has made.",
    "Give the one that earlier imports used, or a new name to start with other keys.",
)


def _wrong(path: Path, rule: str, fix: str = "") -> DatasetError:
    return DatasetError([Fault("", 0, "", str(path), rule, fix)])
