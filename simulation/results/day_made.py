"""The day that records, papers and pages say they were made on."""

from datetime import UTC, date, datetime

from simulation.environment import SOURCE_DATE_EPOCH, whole_number


def day_made() -> str:
    """Return today's date, YYYY-MM-DD: that of `SOURCE_DATE_EPOCH` if it is set, as builds that are repeated set it.

    It counts seconds since 1970, in UTC (https://reproducible-builds.org/specs/source-date-epoch/). Otherwise the day
    is that of this machine's clock and time zone.

    Raises:
        WrongVariableError: If it is set to something else.
    """
    seconds = whole_number(SOURCE_DATE_EPOCH)
    return date.today().isoformat() if seconds is None else datetime.fromtimestamp(seconds, UTC).date().isoformat()
