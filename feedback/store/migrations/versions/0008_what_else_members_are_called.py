"""What else members are called"""

from alembic import op
import sqlalchemy as sa


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_alias",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("member_id", "code"),
    )
    with op.batch_alter_table("member_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_alias_code"), ["code"], unique=False)

    with op.batch_alter_table("forgotten", schema=None) as batch_op:
        batch_op.add_column(sa.Column("together", sa.String(length=32), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("forgotten", schema=None) as batch_op:
        batch_op.drop_column("together")

    with op.batch_alter_table("member_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_alias_code"))

    op.drop_table("member_alias")
