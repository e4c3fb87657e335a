"""At which level somebody speaks: operational, tactical or strategic."""

from __future__ import annotations

import re
from functools import lru_cache

from feedback.intake.clean import fold
from feedback.intake.model import Level

# The words that name a level lead over those that name a job.
_NAMED: tuple[tuple[Level, str], ...] = (
    ("strategisch", r"strategisch|strategic|strategy"),
    ("tactisch", r"tactisch|tactical|tactics"),
    ("operationeel", r"operationeel|operationele|operational|operations|uitvoerend|uitvoering"),
)
# From the top: a "secretaris van de directie" is rare, a "directeur bedrijfsvoering" is not.
_JOBS: tuple[tuple[Level, str], ...] = (
    # Assistants and advisers of the top carry its name without being it.
    (
        "operationeel",
        r"(?:directie|management|bestuurs|office|executive)\s?(?:secretar\w+|assist\w+|ondersteun\w+)"
        r"|(?:assistant|secretary) (?:to|of) \w+|personal assistant",
    ),
    ("tactisch", r"(?:assistent|assistant|adjunct) manager"),
    (
        "strategisch",
        r"bestuur\w*|directeur\w*|directie\w*|director|directors|board|ceo|cfo|cio|coo|cto|chro|executive"
        r"|executives|wethouder\w*"
        r"|burgemeester|gemeentesecretaris|secretaris directeur|raad van \w+|rvb|rvt|mt lid|lid mt|president"
        r"|vice president|vp"
        r"|head of department|eigenaar|opdrachtgever|concernmanager|\w*bestuurder|dean|decaan|rector"
        r"|dijkgraaf",
    ),
    (
        "tactisch",
        r"\w*manager|\w*managers|management|middle management|middenmanagement|middenkader|teamleid\w+|team"
        r" ?lead\w*|\w*leidinggeven\w+"
        r"|afdelingshoofd\w*|\w*hoofd|hoofd \w+|chef|supervisor|supervisors|head|lead|\w*coordinator"
        r"|\w*coordinatoren|teammanager"
        r"|leidinggevend\w*|unithoofd|controller|beleidsadviseur\w*|projectleider\w*|regisseur",
    ),
    (
        "operationeel",
        r"\w*medewerk\w+|uitvoer\w+|gebruiker\w*|eindgebruiker\w*|employee\w*|staff|worker\w*|user|users|end"
        r" users?|assisten\w+"
        r"|administratie\w*|secretaresse\w*|secretarieel|verpleegkundige\w*|docent\w*|leraar|leraren"
        r"|teacher\w*|nurse\w*|specialist\w*"
        r"|adviseur\w*|stagiair\w*|professional\w*|consulent\w*|werkvloer|ondersteun\w+|monteur\w*"
        r"|planner\w*",
    ),
)
_RULES = tuple((level, re.compile(rf"\b(?:{words})\b")) for level, words in _NAMED + _JOBS)


@lru_cache(maxsize=4096)
def as_level(text: str | None) -> Level | None:
    """Tell the level that a job or a word stands for.

    Parameters
    ----------
    text : str or None
        "Tactisch", "Teamleider salarisadministratie", "board member" ...

    Returns
    -------
    {"operationeel", "tactisch", "strategisch"} or None
        None where it tells nothing.
    """
    folded = fold(text or "")
    if not folded or len(folded) > 80:
        return None
    for level, pattern in _RULES:
        if pattern.search(folded):
            return level
    return None
