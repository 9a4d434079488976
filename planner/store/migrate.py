"""The migrations, run by Alembic; loaded only where a store is made or is older."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


KNOWN = frozenset(
    script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
)
"""The migrations that this planner knows."""


def run(connection: Connection) -> None:
    """Run what is missing in the connection's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
