"""Actions whose edits are made later."""

import asyncio

from acmrules.guards.lsp.offers import MOST_OFFERS, Offers


def test_the_latest_offers_can_be_requested():
    """Older ones are forgotten, as is what a client makes up."""
    offers = Offers()

    async def made(number):
        return number

    numbers = [offers.add(lambda number=number: made(number)) for number in range(MOST_OFFERS + 1)]
    assert asyncio.run(offers.edit(numbers[0])) is None
    assert asyncio.run(offers.edit(numbers[1])) == 1
    assert asyncio.run(offers.edit(numbers[-1])) == MOST_OFFERS
    assert asyncio.run(offers.edit("x")) is None
