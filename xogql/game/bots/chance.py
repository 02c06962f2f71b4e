"""Chance without dice: numbers drawn from a seed, the same for the same seed on any machine."""

_BITS_64 = (1 << 64) - 1


def draw(seed: int, *places: int) -> int:
    """Draw a number of 64 bits for the *places* it is needed at."""
    drawn = _mixed(seed)
    for place in places:
        drawn = _mixed(drawn ^ _mixed(place))
    return drawn


def _mixed(number: int) -> int:
    # splitmix64 (Steele, Lea, Flood 2014), over each 64 bits of the number.
    mixed = 0
    while True:
        mixed = (mixed + (number & _BITS_64) + 0x9E3779B97F4A7C15) & _BITS_64
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _BITS_64
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _BITS_64
        mixed ^= mixed >> 31
        number >>= 64
        if number in {0, -1}:
            return mixed
