"""What an exercise asks, in other words, and what kind of answer it wants.

    [text.written() for text in question(exercise)]
    # "You are asked for the derivative of sin(x^2): how fast it changes when x does."
    # "The answer is an expression that may contain x."
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.expression.tree import OPEN, ZERO, Expression, as_tuple, name, postorder
from tutor.judge.diagnosis import Text
from tutor.lesson.choosing import LETTERS
from tutor.lesson.exercise import Exercise
from tutor.lesson.worksheet import Worksheet


def question(exercise: Exercise) -> tuple[Text, ...]:
    """What is asked, and what an answer looks like, without a hint at the answer itself."""
    return *_asked(exercise), _wanted(exercise)


def _asked(exercise: Exercise) -> tuple[Text, ...]:
    """What is asked; where only the author knows that, the question itself."""
    problem = exercise.problem
    if exercise.ask == "name-the-rule":
        return (Text("You are asked which rule to use first, on the expression as a whole. You do not have to work "
                     "anything out.", {}),)
    if exercise.ask == "choose-u":
        return (Text("You are asked for a part u of the integrand for a substitution: divided by the derivative of u, "
                     "the integrand has to become an expression in u alone. You do not have to integrate.", {}),)
    if exercise.ask == "find-the-wrong-line":
        return (Text("Each line should follow from the line before it, but in one of them there is a mistake. The "
                     "lines after that one build on the mistake and count as right.", {}),)
    if exercise.sheet is not None:
        return (exercise.prompt, Text(exercise.sheet.says_how, {}))
    if exercise.ask == "simplify":
        return (Text(_FORMS.get(exercise.form, _FORMS["simplified"]), {}),)
    if problem is None or exercise.listed is not None or exercise.ask in ("number", "expression", "choose"):
        return (exercise.prompt,)
    body = problem.args[0] if problem.head == "at" else problem
    if body.head not in ("derivative", "integral"):
        return (Text("You are asked to work out {problem}.", {"problem": problem}),)
    found = [_of_integral(body) if body.head == "integral" else _of_derivative(body)]
    if problem.head == "at":
        found.append(Text("Then put in {point} for {letter}.",
                          {"point": problem.args[2], "letter": problem.args[1]}))
    return tuple(found)


_FORMS = {
    "expanded": "You are asked to multiply out: to write the same expression without brackets around sums.",
    "factored": "You are asked to factor: to write the same expression as a product.",
    "simplified": "You are asked to write the same expression as simply as you can.",
}


def _of_derivative(body: Expression) -> Text:
    inside, letter, order = body.args[:3]
    if order.value == 2:
        return Text("You are asked for the second derivative of {inside}, the derivative of its derivative with "
                    "respect to {letter}.", {"inside": inside, "letter": letter})
    if order.value != 1:
        return Text("You are asked for the derivative of order {order} of {inside} with respect to {letter}: "
                    "differentiate, then differentiate the result, and so on.",
                    {"inside": inside, "letter": letter, "order": order})
    return Text("You are asked for the derivative of {inside}: how fast it changes when {letter} does.",
                {"inside": inside, "letter": letter})


def _of_integral(body: Expression) -> Text:
    inside, letter, *limits = body.args
    if limits:
        return Text("You are asked for the integral of {inside} from {letter} = {lower} to {letter} = {upper}.", {
            "inside": inside, "letter": letter, "lower": limits[0], "upper": limits[1]})
    return Text("You are asked for an expression whose derivative with respect to {letter} is {inside}.",
                {"inside": inside, "letter": letter})


def _wanted(exercise: Exercise) -> Text:
    """The kind of answer."""
    if exercise.choices:
        last = LETTERS[len(exercise.choices) - 1]
        return Text(f"Answer with the letter of a choice, a to {last}, or with its words.", {})
    if exercise.lines:
        return Text(f"Answer with the number of a line, 2 to {len(exercise.lines)}.", {})
    if exercise.sheet is not None and exercise.right:
        return Text(f"Answer with the number of a row, 1 to {len(exercise.sheet.cells)}, or with the name of its cell.",
                    {})
    if exercise.sheet is not None:
        return _wanted_in_cells(exercise.sheet)
    if exercise.listed is not None and exercise.listed.kind == "numbers" and exercise.listed.letters:
        return _wanted_points(exercise.listed.letters)
    if exercise.listed is not None:
        return Text(_LISTS[exercise.listed.kind], {})
    if exercise.written.within:
        return Text("The answer is a number, and it may be off by {within}.",
                    {"within": exercise.formula(exercise.written.within)})
    letters = sorted((exercise.problem or ZERO).free)
    form = _IN_THE_FORM.get(exercise.form, "")
    if exercise.ask == "number" or not letters:
        return Text(f"The answer is a number{form}; it may be a fraction such as 3/4.", {})
    names = " and ".join(filter(None, (", ".join(letters[:-1]), letters[-1])))
    constant = ", with + C at the end" if _is_indefinite(exercise) else ""
    return Text(f"The answer is an expression that may contain {names}{form}{constant}.", {})


_LISTS = {
    "numbers": "The answer may be several numbers, in any order, with commas between them. If there is none, type "
               "none.",
    "point": "The answer is a point: its coordinates in their order, as in (3, 4), or by name, as in x = 3, y = 4.",
    "interval": "The answer is an interval, as in [0, 2) or 0 <= x < 2; a square bracket means that the end belongs to "
                "it. Several are joined by or.",
}


def _wanted_points(letters: Sequence[str]) -> Text:
    """What can be typed where a set of points is asked for."""
    named = ", ".join(f"{letter} = {'10'[place % 2]}" for place, letter in enumerate(letters))
    return Text("The answer may be several points, in any order: each as {point} or by name, as in " + named + ", with "
                "or between them. If there is none, type none.", {"point": as_tuple(map(name, letters))})


def _wanted_in_cells(sheet: Worksheet) -> Text:
    """What can be typed into the cells of a table."""
    what = "a number, rounded or exact, or a formula in the names of the table" if sheet.numeric else (
        "an expression in the letters of the lines")
    return Text(f"Each cell is {what}. You can fill another cell by its name, as in {sheet.blanks[-1].key} = ..., and "
                "several at once with semicolons between them. Enter alone shows the table again.", {})


_IN_THE_FORM = {"expanded": ", multiplied out", "factored": ", written as a product", "simplified": ", simplified",
                "exact": ", exact, with fractions and roots instead of decimals"}


def _is_indefinite(exercise: Exercise) -> bool:
    """Whether an integral without limits is asked for, which is known up to a constant."""
    problem = exercise.problem
    return problem is not None and problem.head == "integral" and len(problem.args) == 2 and not any(
        part.head in OPEN for part in postorder(problem.args))
