"""The day that records, papers and pages say they were made on."""

import os
from datetime import UTC, date, datetime


def day_made() -> str:
    """Return today's date, YYYY-MM-DD: that of `SOURCE_DATE_EPOCH` if it is set, as builds that are repeated set it.

    It counts seconds since 1970, in UTC (https://reproducible-builds.org/specs/source-date-epoch/), and is passed over
    if it is not a number of them. Otherwise the day is that of this machine's clock and time zone.
    """
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date().isoformat()
    except (KeyError, ValueError, OverflowError, OSError):
        return date.today().isoformat()
