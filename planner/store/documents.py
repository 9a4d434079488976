"""Hold a whole dataset or plan at rest.

Its JSON in one fixed form, compressed, beside the SHA-256 of that JSON.
"""

import json
import zlib
from hashlib import sha256
from typing import Any

from planner.store.errors import StoreError
from planner.store.tables import DocumentRecord

Json = dict[str, Any]


def canonical(document: Any) -> str:
    """A document as text: equal documents are equal texts."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def packed(document: Json) -> DocumentRecord:
    """A document that can be added to the store. Raises StoreError for text that no file can
    hold.
    """
    row = DocumentRecord()
    pack_into(row, document)
    return row


def pack_into(row: DocumentRecord, document: Json) -> None:
    """Put another document in the place of what a row holds."""
    text = canonical(document)
    try:
        row.digest, row.content = digest_of(text), zlib.compress(text.encode(), 6)
    except UnicodeEncodeError:
        raise StoreError(
            "", "the document holds halves of characters, which no file can hold."
        ) from None


def text_in(row: DocumentRecord) -> str:
    """The JSON text of a stored document. Raises StoreError where it was altered or is damaged."""
    try:
        text = zlib.decompress(row.content).decode()
    except (zlib.error, UnicodeDecodeError):
        text = ""
    if digest_of(text) != row.digest:
        raise StoreError(
            f"document {row.id}",
            "is damaged: it is not what was stored.",
            "Restore a backup (planner restore).",
        )
    return text


def unpacked(row: DocumentRecord) -> Json:
    """A stored document. Raises StoreError where it was altered or is damaged."""
    found: Json = json.loads(text_in(row))
    return found
