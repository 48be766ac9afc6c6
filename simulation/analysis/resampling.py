"""Points drawn again with replacement, for bootstraps."""

import numpy as np
from numpy.typing import NDArray


def draw_again(points: int, resamples: int, seed: int) -> NDArray[np.int64]:
    """Return how often each point is drawn in each resample, `[resample, point]`; each row adds up to the points.

    Args:
        points: Number of points, 1 or more.
        resamples: Number of resamples.
        seed: Random seed, 0 or more.
    """
    from scipy.stats import multinomial

    drawn = multinomial.rvs(points, np.full(points, 1 / points), size=resamples, random_state=seed % 2**32)
    return np.asarray(drawn, dtype=np.int64)
