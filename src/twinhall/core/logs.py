"""What the logs leave out: an address that cannot be answered needs no traceback."""

import logging


class NoTraceOfRefusals(logging.Filter):
    """Keep the traceback of a fault (5xx), drop that of a refusal (4xx)."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 500) < 500:  # noqa: PLR2004 - HTTP's own numbers
            record.exc_info = None
        return True
