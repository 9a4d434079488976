"""Name files for ids that may hold anything.

No slashes, no dots at the front, and never the same name for two ids.
"""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

LONGEST = 60
MARK = 8
"""Letters of the hash that sets apart what would otherwise be called the same."""
_UNSAFE = re.compile(r"[^\w-]+")


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """For each id a name that every system takes, without suffix.

    An id of letters, digits, `-` and `_` is its own name. Any other, and one that differs from
    another in capitals alone, has its other characters replaced and a mark added that depends on
    the id alone, so that it is called the same next time.
    """
    each = list(dict.fromkeys(ids))
    alike = Counter(name.casefold() for name in each)
    plain = {name for name in each if _is_safe(name) and alike[name.casefold()] == 1}
    marked = {_marked(name).casefold() for name in each if name not in plain}
    # An id may look like another's marked name.
    return {
        name: name if name in plain and name.casefold() not in marked else _marked(name)
        for name in each
    }


def _is_safe(name: str) -> bool:
    return bool(name) and name.isascii() and len(name) <= LONGEST and not _UNSAFE.search(name)


def _marked(name: str) -> str:
    kept = _UNSAFE.sub("-", name)[: LONGEST - MARK - 1].strip("-")
    return f"{kept}-{sha256(name.encode()).hexdigest()[:MARK]}".lstrip("-")
