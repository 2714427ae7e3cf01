//! Money, instants and days as text.

use super::*;

fn cny(amount: i64) -> Money {
    Money {
        amount,
        currency: "CNY".into(),
    }
}

#[test]
fn money_is_exact_and_grouped() {
    for (amount, text) in [
        (0, "¥0.00"),
        (5, "¥0.05"),
        (99_999, "¥999.99"),
        (100_000, "¥1,000.00"),
        (123_456_789, "¥1,234,567.89"),
        (-1_250, "-¥12.50"),
        (i64::MIN, "-¥92,233,720,368,547,758.08"),
    ] {
        assert_eq!(money(&cny(amount)), text);
    }
}

#[test]
fn instants_are_shown_in_beijing() {
    let late = Instant("2026-12-31T16:05:00.000Z".into());
    assert_eq!(moment(Lang::ZhCn, &late), "2027年1月1日 00:05");
    assert_eq!(moment(Lang::En, &late), "1 Jan 2027, 00:05");
    let leap = Instant("2028-02-28T23:59:59Z".into());
    assert_eq!(date(Lang::En, &leap), "29 Feb 2028");
    assert_eq!(moment(Lang::En, &Instant("soon".into())), "soon");
    assert_eq!(
        epoch_seconds(&Instant("2001-09-09T01:46:40Z".into())),
        Some(1_000_000_000)
    );
}

#[test]
fn what_is_of_today_is_told_by_the_time_of_day() {
    // A quarter past midnight in Beijing, and a minute before.
    let (today, yesterday) = ("2026-11-21T16:15:00Z", "2026-11-21T15:59:00Z");
    let now = epoch_seconds(&Instant("2026-11-22T04:00:00Z".into())).unwrap();
    let told = |lang, text: &str| lately(lang, &Instant(text.into()), now);
    assert_eq!(told(Lang::ZhCn, today), "今天 00:15");
    assert_eq!(told(Lang::En, today), "00:15 today");
    assert_eq!(told(Lang::ZhCn, yesterday), "2026年11月21日 23:59");
    assert_eq!(told(Lang::En, yesterday), "21 Nov 2026, 23:59");
    assert_eq!(told(Lang::En, "soon"), "soon");
}

#[test]
fn every_day_of_a_century_is_its_own_date() {
    for days in -11_000..26_000 {
        let (year, month, day) = civil_from_days(days);
        assert_eq!(days_from_civil(year, month, day), days);
    }
}

#[test]
fn days_name_their_weekday() {
    let wednesday = Day("2026-11-25".into());
    assert_eq!(day(Lang::ZhCn, &wednesday), "11月25日 周三");
    assert_eq!(day(Lang::En, &wednesday), "Wed 25 Nov");
    assert_eq!(days(Lang::En, &wednesday, &wednesday), "Wed 25 Nov");
    assert_eq!(
        days(Lang::En, &wednesday, &Day("2026-11-28".into())),
        "Wed 25 Nov – Sat 28 Nov"
    );
}

#[test]
fn what_was_recent_is_named_by_its_day() {
    // 2026-01-02 00:30 in Beijing.
    let now = epoch_seconds(&Instant("2026-01-01T16:30:00Z".into())).unwrap();
    for (at, zh, en) in [
        ("2026-01-01T16:05:00.000Z", "今天 00:05", "Today 00:05"),
        ("2026-01-01T15:59:00.000Z", "昨天 23:59", "Yesterday 23:59"),
        ("2025-12-31T16:00:00.000Z", "昨天 00:00", "Yesterday 00:00"),
        ("2025-12-31T15:59:00.000Z", "2025年12月31日", "31 Dec 2025"),
        ("soon", "soon", "soon"),
    ] {
        assert_eq!(recently(Lang::ZhCn, &Instant(at.into()), now), zh);
        assert_eq!(recently(Lang::En, &Instant(at.into()), now), en);
    }
    assert_eq!(
        short_day(Lang::ZhCn, &Day("2026-10-07".into()), now),
        "10月7日"
    );
    assert_eq!(
        short_day(Lang::En, &Day("2025-10-07".into()), now),
        "7 Oct 2025"
    );
}

#[test]
fn short_days_and_counts() {
    let (from, to) = (Day("2026-11-30".into()), Day("2026-12-04".into()));
    assert_eq!(day_months(Lang::En, &from, &to), "30 Nov – 4 Dec");
    let from = Day("2026-12-01".into());
    assert_eq!(day_months(Lang::En, &from, &to), "1–4 Dec");
    assert_eq!(day_months(Lang::ZhCn, &from, &to), "12月1日–4日");
    assert_eq!(day_months(Lang::ZhCn, &from, &from), "12月1日");
    assert_eq!(day_month(Lang::ZhCn, &Day("2026-12-01".into())), "12月1日");
    assert_eq!(
        day_month(Lang::En, &day_of(&Instant("2026-11-30T16:00:00Z".into()))),
        "1 Dec"
    );
    assert_eq!(day_of(&Instant("soon".into())), Day("soon".into()));
    for (count, text) in [(0, "0"), (2_150, "2,150"), (-1_234_567, "-1,234,567")] {
        assert_eq!(grouped(count), text);
    }
}

#[test]
fn a_countdown_never_goes_below_zero() {
    assert_eq!(countdown(Lang::ZhCn, 86_399), "23:59:59");
    assert_eq!(countdown(Lang::ZhCn, 90_061), "1天 01:01:01");
    assert_eq!(countdown(Lang::En, -5), "00:00:00");
}

#[test]
fn what_is_left_is_told_by_its_two_largest_units() {
    for (seconds, zh, en) in [
        (2 * 86_400, "2 天", "2 days"),
        (86_400 + 3 * 3_600 + 59, "1 天 3 小时", "1 day 3 h"),
        (3 * 3_600 + 20 * 60, "3 小时 20 分钟", "3 h 20 min"),
        (12 * 60 + 59, "12 分钟", "12 min"),
        (59, "不到 1 分钟", "less than a minute"),
        (-1, "不到 1 分钟", "less than a minute"),
    ] {
        assert_eq!(about(Lang::ZhCn, seconds), zh);
        assert_eq!(about(Lang::En, seconds), en);
    }
}

#[test]
fn near_moments_are_told_without_their_year_and_days_by_their_names() {
    let until = Instant("2026-11-28T06:00:00.000Z".into());
    assert_eq!(day_time(Lang::ZhCn, &until), "11月28日 14:00");
    assert_eq!(day_time(Lang::En, &until), "28 Nov, 14:00");
    assert_eq!(clock(&until), "14:00");
    // The first moment too late is midnight in Beijing.
    let midnight = Instant("2026-12-03T16:00:00.000Z".into());
    assert_eq!(last_day(&midnight), Day("2026-12-03".into()));
    let now = epoch_seconds(&until).unwrap();
    for (text, zh, en) in [
        ("2026-11-28T15:59:00Z", "今天", "Today"),
        ("2026-11-27T15:59:00Z", "昨天", "Yesterday"),
        ("2026-11-26T15:59:00Z", "11月26日", "26 Nov"),
        ("2025-11-26T15:59:00Z", "2025年11月26日", "26 Nov 2025"),
    ] {
        assert_eq!(day_name(Lang::ZhCn, &Instant(text.into()), now), zh);
        assert_eq!(day_name(Lang::En, &Instant(text.into()), now), en);
    }
    for odd in [
        day_time(Lang::En, &Instant("soon".into())),
        clock(&Instant("soon".into())),
    ] {
        assert_eq!(odd, "soon");
    }
}
