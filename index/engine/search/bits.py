"""Words of bits: one for each slot, 64 to a word, so that a word holds whole listings."""

from __future__ import annotations

import numpy as np

from index.engine.arrays import Bits, Longs

ONE = np.uint64(1)
BIT = ONE << np.arange(64, dtype=np.uint64)


def slots_of(bits: Bits) -> Longs:
    """Return the slots of set bits, ascending; `bits` has a bit for every slot."""
    used = bits.nonzero()[0]
    flags = np.unpackbits(bits[used].view(np.uint8), bitorder="little").view(np.bool_)
    positions = flags.nonzero()[0]
    slots: Longs = (used[positions >> 6] << 6) + (positions & 63)
    return slots


def listing_bits(bits: Bits, ends: Bits) -> Bits:
    """Return one bit, at its last slot, for each listing that has any bit.

    `bits` may be a matrix of rows. Inside a word, adding ones to all places but a listing's last carries into its last place
    exactly when one of the others is set; no carry leaves the listing.
    """
    inner = ~ends
    carried = bits & inner
    carried += inner
    carried |= bits
    carried &= ends
    return carried
