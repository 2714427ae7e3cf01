"""Counts the refund dates again with a calendar that others made (PyPI: chinesecalendar), and reports in TAP.

On stdin comes what crates/orders-domain/examples/refund_dates.rs prints. Ours are only the numbers of working days in
it, and which years have a file in policies/calendar.
"""

import csv
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
from chinese_calendar.constants import holidays

FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
# These must be there; a shop that is added is compared as well.
SHOPS = ["tepai", "wanfu"]
WAYS = ["wechat_pay", "alipay", "bank_card", "points", "coupon"]
# Counted from the cancel, and anew from the day on which the provider accepted it.
CHANNELS = WAYS + [f"{way} processed" for way in WAYS]
# So many days of a year must have been compared for each shop's channel: comparing nothing finds no difference.
# A refund of December may arrive in a year that nobody knows yet.
LEAST = {"2025": 365, "2026": 334}
SHOWN = 10

THEIRS = {day.year for day in holidays}
CALENDARS = Path(__file__).resolve().parents[3] / "policies/calendar"
OURS = {int(file.stem[-4:]) for file in CALENDARS.glob("cn-????.toml")}


def works(day):
    """Whether people work on that day; beyond the years they know, by the weekend rule."""
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5


def counted(day, working_days):
    """The day that is so many working days later, and the years of the days on the way."""
    years = set()
    while working_days > 0:
        day += timedelta(days=1)
        years.add(day.year)
        working_days -= works(day)
    return day, years


def compare(row):
    """How the row could be compared, and what is wrong with it."""
    day = date.fromisoformat(row["day"])
    numbers = [int(row[name]) for name in ("starts_within", "arrives_from", "arrives_within")]
    names = ["starts_by", "arrives_from_day", "arrives_by"]
    found = [date.fromisoformat(row[name]) for name in names]
    again = [counted(day, number) for number in numbers]
    years = set().union(*(years for _, years in again))
    differences = []

    if years | {day.year} <= THEIRS:
        how = "compared"
    elif not (years - THEIRS) & OURS:
        # Nobody knows the year: then ours promises the weekend rule, and so can be checked to the end.
        how = "by the weekend rule"
    else:
        # We know a year before them; only the mark can be checked, and where the way ends is only known from the row.
        how = "not comparable"
        years = set(range((day + timedelta(days=1)).year, max(found).year + 1)) if max(numbers) else set()
    if how != "not comparable":
        for name, ours, (theirs, _) in zip(names, found, again):
            if ours != theirs:
                differences.append(f"{name} is {ours} and should be {theirs}")

    # A refund that takes no working days looks at no calendar.
    estimated = "false" if years <= OURS else "true"
    if row["estimated"] != estimated:
        differences.append(f"estimated is {row['estimated']} and should be {estimated}")
    place = f"{row['shop']} by {row['channel']} on {day}"
    return how, [f"{place}: {difference}" for difference in differences]


def main():
    """Compares what is on stdin; one test for each shop's channel, and one that enough was compared."""
    hows = {"compared": 0, "by the weekend rule": 0, "not comparable": 0}
    days = {(shop, channel): [] for shop in SHOPS for channel in CHANNELS}
    wrong = {key: [] for key in days}
    compared = Counter()
    for row in csv.DictReader(sys.stdin):
        key = (row["shop"], row["channel"])
        how, differences = compare(row)
        hows[how] += 1
        days.setdefault(key, []).append(row["day"])
        wrong.setdefault(key, []).extend(differences)
        if how == "compared":
            compared[key, row["day"][:4]] += 1

    every_day = [(FIRST + timedelta(days=n)).isoformat() for n in range((LAST - FIRST).days + 1)]
    for (shop, channel), found in days.items():
        if found != every_day:
            wrong[shop, channel].append(
                f"{shop} by {channel}: {len(found)} rows instead of one for each of {len(every_day)} days"
            )
    tests = {f"refund dates of {shop} by {channel}": found for (shop, channel), found in wrong.items()}
    tests[f"enough days of {' and '.join(LEAST)} were compared"] = [
        f"{shop} by {channel} in {year}: {compared[(shop, channel), year]} days compared, not {least}"
        for shop, channel in days
        for year, least in LEAST.items()
        if compared[(shop, channel), year] < least
    ]
    return report(tests, hows)


def report(tests, hows):
    """Prints the tests in TAP, the counts of rows in one line, and the first differences; the exit code."""
    print("TAP version 13")
    for number, (name, differences) in enumerate(tests.items(), 1):
        print(f"{'not ok' if differences else 'ok'} {number} - {name}")
        if differences:
            print("  ---\n  error: |-")
            for difference in differences[:3]:
                print(f"    {difference}")
            print("  ...")
    failed = sum(bool(differences) for differences in tests.values())
    print(f"1..{len(tests)}\n# pass {len(tests) - failed}\n# fail {failed}")

    every_difference = [difference for differences in tests.values() for difference in differences]
    counts = ", ".join(f"{count} {how}" for how, count in hows.items())
    print(
        f"# chinesecalendar {chinese_calendar.__version__} ({min(THEIRS)} to {max(THEIRS)}): "
        f"{sum(hows.values())} rows, {counts}, {len(every_difference)} differences",
        flush=True,
    )
    for difference in every_difference[:SHOWN]:
        print(f"  {difference}", file=sys.stderr)
    return 1 if every_difference else 0


if __name__ == "__main__":
    sys.exit(main())
