"""The lines of a page that a site's memory learnt from, in one piece with it: a row only for those that come again.

Frozen: it imports nothing of ``store``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column; the lines of the pages before stay rows."""
    op.add_column("site_page", sa.Column("lines", sa.LargeBinary()))
