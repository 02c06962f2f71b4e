from xogql.live.wakeups import NEWEST, Sleeper, Wakeups


def awake(sleeper: Sleeper) -> int:
    """Tell up to which version the sleeper was woken; 0: it sleeps."""
    return sleeper.clear()


def test_who_has_not_read_yet_must_read() -> None:
    with Wakeups().sleeping_on("game-1", after=3) as sleeper:
        assert awake(sleeper) == NEWEST
        assert not awake(sleeper)


def test_a_hint_wakes_who_has_not_read_so_far() -> None:
    wakeups = Wakeups()
    with (
        wakeups.sleeping_on("game-1", after=3) as behind,
        wakeups.sleeping_on("game-1", after=5) as abreast,
        wakeups.sleeping_on("game-2", after=3) as elsewhere,
    ):
        for sleeper in (behind, abreast, elsewhere):
            sleeper.clear()
        wakeups.wake("game-1", 5)
        assert awake(behind) == 5
        assert not awake(abreast)
        assert not awake(elsewhere)


def test_of_several_hints_the_highest_is_heard_in_any_order() -> None:
    wakeups = Wakeups()
    with wakeups.sleeping_on("game-1", after=3) as sleeper:
        sleeper.clear()
        for version in (4, 6, 5, 4):
            wakeups.wake("game-1", version)
        assert awake(sleeper) == 6


def test_a_hint_from_the_future_silences_no_later_one() -> None:
    wakeups = Wakeups()
    with wakeups.sleeping_on("game-1", after=3) as sleeper:
        sleeper.clear()
        wakeups.wake("game-1", NEWEST)
        assert awake(sleeper) == NEWEST
        wakeups.wake("game-1", 4)
        assert awake(sleeper) == 4


def test_a_hint_between_clear_and_wait_is_not_slept_through() -> None:
    wakeups = Wakeups()
    with wakeups.sleeping_on("game-1", after=0) as sleeper:
        sleeper.clear()
        wakeups.wake("game-1", 1)
        wait = sleeper.wait()
        try:
            wait.send(None)
        except StopIteration:
            return
        raise AssertionError


def test_a_topic_is_woken_by_any_hint_and_asked_of_no_log() -> None:
    wakeups = Wakeups()
    with wakeups.sleeping_on("lobby") as sleeper, wakeups.sleeping_on("game-1", 0) as follower:
        sleeper.clear()
        follower.clear()
        wakeups.wake("lobby")
        assert sleeper._news.is_set()
        sleeper.clear()
        wakeups.wake_topics()
        assert sleeper._news.is_set()
        assert not follower._news.is_set()
        assert wakeups.followed() == {"game-1": 0}


def test_followed_gives_the_lowest_cursor() -> None:
    wakeups = Wakeups()
    with (
        wakeups.sleeping_on("game-1", after=7),
        wakeups.sleeping_on("game-1", after=3) as slow,
        wakeups.sleeping_on("game-2", after=0),
    ):
        assert wakeups.followed() == {"game-1": 3, "game-2": 0}
        slow.after = 8
        assert wakeups.followed() == {"game-1": 7, "game-2": 0}
    assert wakeups.followed() == {}
    assert wakeups._sleepers == {}
