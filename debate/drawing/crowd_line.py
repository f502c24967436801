"""How the crowd's number moved, as a small line of steps over the bar of a prediction on the timeline."""

from debate.drawing.plan import Chart, Prediction, Sheet, x_of

RISE, ABOVE = 20, 6
"""How high a hundred percent lies over nought, and nought over the middle of the bar."""


def room_for(told: Prediction) -> int:
    """How much higher a row is for it."""
    return RISE + ABOVE if told.crowd else 0


def crowd_line(chart: Chart, sheet: Sheet, told: Prediction, y: int) -> str:
    """A number stands until the next; the line is lifted where nobody's does. '' where none is told.

    Raises ValueError where a number is no probability.
    """
    path, lifted = "", True
    for day, value in told.crowd:
        x = x_of(sheet, chart, day)
        if value is None:
            path, lifted = path if lifted else f"{path}H{x:g}", True
        else:
            height = height_of(y, value)
            path, lifted = f"{path}M{x:g} {height:g}" if lifted else f"{path}H{x:g}V{height:g}", False
    if not lifted:
        path += f"H{x_of(sheet, chart, told.crowd_until or chart.today[0]):g}"
    return f'<path class="crowd" d="{path}"/>' if path else ""


def height_of(y: int, probability: float) -> float:
    if not 0 <= probability <= 1:
        raise ValueError("a probability lies from 0 to 1")
    return round(y - ABOVE - RISE * probability, 1)
