"""Who is at the screen, and what the role may do.

Sign-in comes in a later round; until it is configured everybody is admin. The role names and the guard stand already, so that pages and
acts ask now what they will have to ask then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["viewer", "facilitator", "coordinator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class User:
    """The person at the screen.

    Attributes
    ----------
    name : str
        For the audit table.
    role : Role
    """

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Tell whether this user may do what a role may do; every role may do what those before it may."""
        return ROLES.index(self.role) >= ROLES.index(role)


def user_without_sign_in() -> User:
    """Give the user of an installation without sign-in: everybody is admin."""
    return User(name="admin", role="admin")
