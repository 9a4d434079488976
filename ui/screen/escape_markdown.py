"""Text of datasets and people inside Markdown: shown as it is, never read as markup."""

SIGNS = frozenset("\\`*_{}[]()#+-.!|~<>$:")


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{sign}" if sign in SIGNS else sign for sign in text)
