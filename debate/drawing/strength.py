"""How far a claim's strength has moved, as a small SVG line: for a number that stands beside it."""

WIDTH, HEIGHT, EDGE = 120, 14, 6


def x_of(strength: float) -> float:
    """Where a strength lies on the line. Raises ValueError outside [0, 1]."""
    if not 0 <= strength <= 1:
        raise ValueError("a strength lies from 0 to 1")
    return round(EDGE + (WIDTH - 2 * EDGE) * strength, 1)


def draw_move(start: float, end: float, lamp: str) -> str:
    """A line from 0 to 1 with its middle marked, a ring where it began and a dot where it stands."""
    begun, stands, middle = x_of(start), x_of(end), HEIGHT // 2
    return (
        f'<svg class="move {lamp}" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'<path class="scale" d="M{x_of(0)} {middle}H{x_of(1)}M{x_of(0.5)} 2V{HEIGHT - 2}"/>'
        f'<path class="way" d="M{begun} {middle}H{stands}"/>'
        f'<circle class="begun" cx="{begun}" cy="{middle}" r="3"/>'
        f'<circle class="stands" cx="{stands}" cy="{middle}" r="4.5"/></svg>'
    )


def draw_pull(value: float) -> str:
    """A bar from the middle: to the right where it lifts, to the left where it presses. Raises ValueError beyond ±1."""
    if not -1 <= value <= 1:
        raise ValueError("a pull lies from -1 to 1")
    middle, end = x_of(0.5), x_of(0.5 + value / 2)
    return (
        f'<svg class="pull" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'<path class="scale" d="M{middle} 1V{HEIGHT - 1}"/>'
        f'<path class="{"lifts" if value >= 0 else "presses"}" d="M{middle} {HEIGHT // 2}H{end}"/></svg>'
    )
