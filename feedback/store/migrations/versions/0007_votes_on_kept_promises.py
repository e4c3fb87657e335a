"""Votes on kept promises"""

from alembic import op
import sqlalchemy as sa


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('noticed_vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reply_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('yes', sa.Integer(), nullable=False),
    sa.Column('a_bit', sa.Integer(), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('reopened_id', sa.Integer(), nullable=True),
    sa.Column('actor', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['reopened_id'], ['reply.id'], ),
    sa.ForeignKeyConstraint(['reply_id'], ['reply.id'], ),
    sa.ForeignKeyConstraint(['session_id'], ['panel_session.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('noticed_vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_noticed_vote_reply_id'), ['reply_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_noticed_vote_session_id'), ['session_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('noticed_vote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_noticed_vote_session_id'))
        batch_op.drop_index(batch_op.f('ix_noticed_vote_reply_id'))

    op.drop_table('noticed_vote')
