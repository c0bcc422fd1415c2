"""Half-even conversion of many amounts at one rate, exact whatever their size."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]

_LARGEST = 2**62


def convert_all(amounts: IntArray, factor: Fraction) -> IntArray:
    """round_half_even(amount x factor) for each of shape [n], in int64.

    With amount x numerator = q x denominator + r, 0 <= r < denominator, the result is
    q + 1 when 2r > denominator, or 2r = denominator and q is odd; else q. Products
    beyond int64 (rials in minor units reach 1e11) are worked out in Python integers.
    """
    top, bottom = factor.numerator, factor.denominator
    if not len(amounts) or factor == 1:
        return amounts.astype(np.int64)
    biggest = int(np.abs(amounts).max())
    if max(biggest, 1) * top >= _LARGEST or 2 * bottom >= _LARGEST:
        return np.array(
            [round(amount * factor) for amount in amounts.tolist()], np.int64
        )
    quotient, rest = np.divmod(amounts.astype(np.int64) * top, bottom)
    up = (2 * rest > bottom) | ((2 * rest == bottom) & (quotient % 2 == 1))
    converted: IntArray = quotient + up
    return converted
