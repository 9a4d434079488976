"""What Alembic runs: the migrations, in the transaction of whoever opens the store."""

from alembic import context

from planner.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
)
context.run_migrations()
