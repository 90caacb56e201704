from agriplan.web.bounded_cache import BoundedCache


def test_what_was_not_asked_for_longest_is_forgotten_first():
    memory = BoundedCache[str, bytes](most=10, size_of=len)
    memory.put("a", b"1234")
    memory.put("b", b"1234")
    assert memory.get("a") == b"1234"
    memory.put("c", b"1234")
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (b"1234", None, b"1234")


def test_the_memory_never_takes_more_than_it_may():
    memory = BoundedCache[int, bytes](most=100, size_of=len)
    for number in range(1000):
        memory.put(number % 7, bytes(number % 60))
        assert memory.taken <= 100
    memory.put(99, bytes(101))
    assert memory.get(99) is None


def test_what_is_remembered_is_not_made_again():
    memory, made = BoundedCache[str, str](most=4), []
    for _ in range(3):
        memory.get_or_make("a", lambda: made.append("once") or "value")
    assert made == ["once"]
