"""Moments as JSON, and back. Pure."""

from datetime import datetime

from store.values import Moment, Precision


def write_moment(moment: Moment) -> dict[str, str]:
    """Write a moment whole: the time with the zone it was stated in, its precision, its origin."""
    return {"at": moment.at.isoformat(), "precision": moment.precision.value, "origin": moment.origin}


def read_moment(written: dict[str, str]) -> Moment:
    """Read what ``write_moment`` wrote."""
    return Moment(at=datetime.fromisoformat(written["at"]), precision=Precision(written["precision"]),
                  origin=written["origin"])
