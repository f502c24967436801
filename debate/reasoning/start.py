"""Where a claim's strength begins, before anything supports or attacks it."""

START = 0.5
"""By structure alone, and by votes where nobody has voted."""


def start_by_votes(agree: int, disagree: int) -> float:
    """The share that agrees, drawn towards one half by one imagined vote each way (Laplace's rule of succession).

    Raises ValueError below zero.
    """
    if min(agree, disagree) < 0:
        raise ValueError("votes are counted from zero")
    return (agree + 1) / (agree + disagree + 2)
