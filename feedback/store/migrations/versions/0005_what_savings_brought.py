"""What savings brought, votes on worth, and customers' time"""

from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('savings_idea', schema=None) as batch_op:
        batch_op.add_column(sa.Column('eur_agreed', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('eur_realised', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('taken_on', sa.Date(), nullable=True))
    op.create_table('worth_vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('more', sa.Integer(), nullable=False),
    sa.Column('keep', sa.Integer(), nullable=False),
    sa.Column('less', sa.Integer(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['service_area.id'], ),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('area_id', 'organisation_id', 'asked_on', name='uq_worth_vote')
    )
    with op.batch_alter_table('worth_vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worth_vote_organisation_id'), ['organisation_id'], unique=False)
    op.create_table('customer_time',
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('minutes', sa.Float(), nullable=True),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('times', sa.Float(), nullable=True),
    sa.Column('idea_id', sa.Integer(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['service_area.id'], ),
    sa.ForeignKeyConstraint(['idea_id'], ['savings_idea.id'], ),
    sa.PrimaryKeyConstraint('area_id', 'kind')
    )
    op.create_table('assumption',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('key')
    )


def downgrade() -> None:
    op.drop_table('assumption')
    op.drop_table('customer_time')
    op.drop_table('worth_vote')
    with op.batch_alter_table('savings_idea', schema=None) as batch_op:
        batch_op.drop_column('taken_on')
        batch_op.drop_column('eur_realised')
        batch_op.drop_column('eur_agreed')
