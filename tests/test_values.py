import copy
import inspect
import pickle
import sys
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.values import Value, ValueType


class Point(Value):
    """A value with a default."""

    x: int
    y: int = 0


class Point3(Point):
    """A value class that adds a field to its base."""

    z: int = 0


class Segment(Value):
    """A value class with the same fields as `Point`."""

    x: int
    y: int = 0


def points():
    """Draw points of both classes, few enough to be equal at times."""
    small = st.integers(0, 2)
    return st.builds(Point, small, small) | st.builds(Point3, small, small, small)


class TestLaws:
    """What is true of every value."""

    @given(points(), points())
    def test_values_are_equal_by_class_and_content(self, one, other):
        """Equal values have equal classes, fields and hashes."""
        alike = type(one) is type(other) and repr(one) == repr(other)
        assert (one == other) == alike
        assert not alike or hash(one) == hash(other)

    @given(points())
    def test_a_value_prints_as_an_expression(self, point):
        """The representation is the constructor call, without default values."""
        assert eval(repr(point)) == point
        assert ("y=" in repr(point)) == (point.y != 0)

    @given(points())
    def test_a_value_survives_copies_and_pickling(self, point):
        """Copies and pickles are equal to the value."""
        assert copy.copy(point) == copy.deepcopy(point) == point
        assert pickle.loads(pickle.dumps(point)) == point

    @given(points(), st.integers())
    def test_replacing_a_field_leaves_the_others(self, point, y):
        """A copy differs in the replaced field only, and the original is unchanged."""
        before = repr(point)
        moved = point.__replace__(y=y)
        assert (type(moved), moved.x, moved.y) == (type(point), point.x, y)
        assert repr(point) == before


def test_fields_are_positional_or_keyword_arguments():
    """Arguments fill the fields in order, keywords any of them, defaults the rest."""
    assert Point(1, 2) == Point(y=2, x=1) == Point(1, y=2)
    assert Point(1) == Point(1, 0)


def test_inherited_fields_come_first():
    """A value class extends the fields and the defaults of its base."""
    point = Point3(1, 2, 3)
    assert (point.x, point.y, point.z) == (1, 2, 3)
    assert Point3(1) == Point3(1, 0, 0)


def test_equal_fields_of_another_class_are_another_value():
    """A value never equals one of another class, or an object that is not a value."""
    assert Point(1, 2) != Segment(1, 2)
    assert Point(1, 2) != (1, 2)
    assert hash(Point(1, 2)) != hash(Segment(1, 2))


@pytest.mark.parametrize(
    ("args", "kwargs", "message"),
    [
        ((), {}, "Point needs a value for 'x'"),
        ((), {"y": 1}, "Point needs a value for 'x'"),
        ((1, 2, 3), {}, "Point takes 2 values, not 3"),
        ((1,), {"z": 1, "w": 2}, "Point has no field 'z', 'w' to set"),
        ((1,), {"x": 1}, "Point has no field 'x' to set"),
        ((1, 2), {"x": 1}, "Point has no field 'x' to set"),
    ],
)
def test_wrong_fields_are_rejected(args, kwargs, message):
    """A field that is missing, repeated or unknown raises `TypeError`."""
    with pytest.raises(TypeError, match=message):
        Point(*args, **kwargs)


def test_values_are_frozen():
    """No field of a value can be set, added or deleted."""
    point = Point(1)
    with pytest.raises(AttributeError, match="Point is frozen: 'x' cannot be set"):
        point.x = 2
    with pytest.raises(AttributeError, match="Point is frozen: 'z' cannot be set"):
        point.z = 2
    with pytest.raises(AttributeError, match="Point is frozen: 'x' cannot be deleted"):
        del point.x


def test_values_are_slotted():
    """A value has no dictionary, so thirty thousand of them are small."""
    assert not hasattr(Point(1), "__dict__")
    assert not hasattr(Point3(1), "__dict__")


def test_a_value_class_may_have_other_bases():
    """A base that is not a value class adds methods, but no fields."""

    class Printed:
        __slots__ = ()

        def printed(self):
            return repr(self)

    class Mark(Printed, Value):
        at: int

    assert Mark(3).printed() == "Mark(at=3)"


def test_a_copy_changes_existing_fields_only():
    """A field of another name is rejected, as in the constructor."""
    with pytest.raises(TypeError, match="Point has no field 'z' to set"):
        Point(1).__replace__(z=2)


@given(st.lists(points(), max_size=50), st.lists(points(), max_size=50))
def test_the_representation_of_many_items_is_short(starts, ends):
    """It shows three items of a tuple and their number, and no field below two levels."""
    shown = repr(Segment(tuple(starts), Segment(tuple(ends), Segment(1, 2))))
    assert len(shown) < 500
    for items in (starts, ends):
        assert (f"… {len(items)} in all" in shown) or len(items) <= 3


class Positive(Value):
    """A value class with a constructor of its own."""

    number: int
    half: float

    def __init__(self, number: int, *, rounded: bool = False) -> None:
        super().__init__(number, number // 2 if rounded else number / 2)


class TestSignatures:
    """What `inspect.signature` shows of a value class."""

    def test_fields_are_the_parameters(self):
        """The parameters are the fields, those of the bases first, with types and defaults."""
        assert str(inspect.signature(Point3)) == "(x: int, y: int = 0, z: int = 0)"
        assert str(inspect.signature(Value)) == "()"

    def test_a_constructor_has_its_own_parameters(self):
        """A class with a constructor shows that one, and so do its subclasses."""

        class Small(Positive):
            """A class that inherits the constructor."""

        for kind in (Positive, Small):
            assert str(inspect.signature(kind)) == "(number: int, *, rounded: bool = False)"

    @given(points())
    def test_the_signature_binds_what_the_constructor_accepts(self, point):
        """The fields of a value can be bound, and a value is made of them."""
        fields = {field: getattr(point, field) for field in type(point)._fields}
        bound = inspect.signature(type(point)).bind(**fields)
        assert type(point)(*bound.args, **bound.kwargs) == point


def test_annotations_may_be_lazy(monkeypatch):
    """On Python 3.14, the fields come from the function that evaluates the annotations."""
    library = types.SimpleNamespace(
        Format=types.SimpleNamespace(FORWARDREF="lazily"),
        call_annotate_function=lambda function, form: function(form),
    )
    monkeypatch.setitem(sys.modules, "annotationlib", library)

    def annotate(form):
        return {"x": int, "y": form}

    body = {"__module__": __name__, "__qualname__": "Lazy", "__annotate_func__": annotate, "y": 3}
    lazy = ValueType("Lazy", (Value,), body)
    assert (lazy._fields, lazy.__slots__, lazy._defaults) == (("x", "y"), ("x", "y"), {"y": 3})
    assert repr(lazy(1)) == "Lazy(x=1)"
    assert lazy(1) == lazy(x=1, y=3)
    assert str(inspect.signature(lazy)) == "(x: int, y: 'lazily' = 3)"


def test_a_class_may_have_no_fields():
    """A class without annotations has no fields, and compares by class."""

    class Nothing(Value):
        """A class without fields."""

    assert Nothing() == Nothing()
    assert Nothing._fields == ()
