"""What kind of claim a sentence looks like, for a curator who has not said."""

import re

SIGNS = (
    ("forecast", r"\b(will|won't|shall|by 20\d\d|within \w+ years?|in (ten|five|\d+) years?|is going to|future)\b"),
    ("advice", r"\b(should|ought|must|had better|need to|is worth learning|recommend\w*|advis\w*)\b"),
    ("causal", r"\b(because|causes?|caused|leads? to|led to|makes? it|drives?|drove|due to|results? in|so that)\b"),
    ("definition", r"\b(means|is defined|is called|refers to|by definition|stands for|the term)\b"),
    ("analogy", r"\b(like|resembles?|just as|analog\w*|akin|as once|reminds?)\b"),
    ("value", r"\b(better|worse|best|worst|good|bad|important|valuable|matters?|overrated|underrated|deserves?)\b"),
)
PATTERNS = [(kind, re.compile(pattern)) for kind, pattern in SIGNS]
OTHERWISE = "observation"


def likely_kind(text: str) -> str:
    """The first kind, in the order of SIGNS, of which the sentence has a sign; else an observation."""
    told = text.lower().replace("’", "'")
    return next((kind for kind, pattern in PATTERNS if pattern.search(told)), OTHERWISE)
