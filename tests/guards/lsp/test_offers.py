"""Actions whose edits are made later."""

import asyncio

from acmrules.guards.lsp.offers import MOST_OFFERS, Offers


def test_the_latest_offers_can_be_requested():
    """Older ones are forgotten, as is what a client makes up."""
    offers = Offers()

    async def made(number):
        return number

    numbers = [
        offers.add(lambda: True, lambda number=number: made(number))
        for number in range(MOST_OFFERS + 1)
    ]
    assert asyncio.run(offers.edit(numbers[0])) is None
    assert asyncio.run(offers.edit(numbers[1])) == 1
    assert asyncio.run(offers.edit(numbers[-1])) == MOST_OFFERS
    assert asyncio.run(offers.edit("x")) is None


def test_an_offer_is_forgotten_if_its_texts_have_changed():
    """It would keep the check of these texts in memory."""
    offers, current = Offers(), {"old"}

    async def made():
        return "edit"

    old = offers.add(lambda: "old" in current, made)
    kept = offers.add(lambda: True, made)
    assert asyncio.run(offers.edit(old)) == "edit"
    current.clear()
    last = offers.add(lambda: True, made)
    assert [asyncio.run(offers.edit(each)) for each in (old, kept, last)] == [None, "edit", "edit"]
