"""Links between savings ideas"""

from alembic import op
import sqlalchemy as sa


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('savings_link',
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['savings_idea.id'], ),
    sa.ForeignKeyConstraint(['other_id'], ['savings_idea.id'], ),
    sa.PrimaryKeyConstraint('idea_id', 'other_id', 'kind')
    )


def downgrade() -> None:
    op.drop_table('savings_link')
