import pytest

from tutor.expression.characters import usual


@pytest.mark.parametrize(("typed", "read"), [
    ("ｆ（𝑥）＝𝑥²", "f(x)=x²"), ("x\u00a0+\u20091\u200b", "x + 1 "), ("\ufeffx\u3000y\u00ad", " x y "),
    ("x\t+\n1", "x\t+\n1"),
])
def test_variants_become_the_usual_characters_at_the_same_places(typed: str, read: str) -> None:
    assert usual(typed) == read
    assert len(read) == len(typed)
