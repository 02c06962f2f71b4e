"""What is written in one turn of the loop goes out together, and nobody's failure is another's."""

import asyncio
from typing import Any

from xogql.api.departures import departures_of


async def test_all_send_at_the_end_of_the_turn_in_their_order() -> None:
    loop, sent = asyncio.get_running_loop(), list[int]()
    for number in range(3):
        departures_of(loop).put(lambda number=number: sent.append(number), loop)  # type: ignore[misc]

    assert sent == []
    await asyncio.sleep(0)
    assert sent == [0, 1, 2]


async def test_who_has_more_to_send_while_sending_sends_it_in_the_next_turn() -> None:
    loop, sent = asyncio.get_running_loop(), list[str]()

    def again() -> None:
        sent.append("first")
        departures_of(loop).put(lambda: sent.append("second"), loop)

    departures_of(loop).put(again, loop)
    await asyncio.sleep(0)
    assert sent == ["first"]
    await asyncio.sleep(0)
    assert sent == ["first", "second"]


async def test_who_fails_is_told_of_and_stops_nobody() -> None:
    loop, sent, told = asyncio.get_running_loop(), list[str](), list[dict[str, Any]]()
    loop.set_exception_handler(lambda _, context: told.append(context))

    def fail() -> None:
        raise ZeroDivisionError

    departures_of(loop).put(fail, loop)
    departures_of(loop).put(lambda: sent.append("sent"), loop)
    await asyncio.sleep(0)

    assert sent == ["sent"]
    assert [type(each["exception"]) for each in told] == [ZeroDivisionError]
