"""Erasure, and notes over HTTP"""

from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('forgotten',
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('mark')
    )
    op.create_table('received',
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['batch.id'], ),
    sa.PrimaryKeyConstraint('mark')
    )
    with op.batch_alter_table('received', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_received_batch_id'), ['batch_id'], unique=False)


def downgrade() -> None:
    op.drop_table('received')
    op.drop_table('forgotten')
