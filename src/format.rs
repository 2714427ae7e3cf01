//! Money, instants and days as text. Times are shown in Beijing time, the shops' zone, in which
//! every promised date is meant; the page says so.

use orders_api::{Day, Instant, Money};

use crate::words::Lang;

const BEIJING_SECONDS: i64 = 8 * 3600;

/// `¥1,234.50`; a currency without a sign of its own stands in front as its code.
pub fn money(money: &Money) -> String {
    let sign = if money.amount < 0 { "-" } else { "" };
    let minor = money.amount.unsigned_abs();
    let mut whole = (minor / 100).to_string();
    let mut at = whole.len();
    while at > 3 {
        at -= 3;
        whole.insert(at, ',');
    }
    let cents = minor % 100;
    match money.currency.as_str() {
        "CNY" => format!("{sign}¥{whole}.{cents:02}"),
        code => format!("{sign}{code} {whole}.{cents:02}"),
    }
}

/// A count with its thousands apart: `2,150`.
pub fn grouped(count: i64) -> String {
    let mut text = count.unsigned_abs().to_string();
    let mut at = text.len();
    while at > 3 {
        at -= 3;
        text.insert(at, ',');
    }
    if count < 0 {
        text.insert(0, '-');
    }
    text
}

/// A date and time of day in Beijing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    seconds: i64,
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// The date of the Gregorian calendar, so many days after 1970-01-01.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    (year, month, doy - (153 * mp + 2) / 5 + 1)
}

fn number(text: &str, range: std::ops::Range<usize>) -> Option<i64> {
    text.get(range)?.parse().ok()
}

fn date_of(text: &str) -> Option<(i64, i64, i64)> {
    Some((
        number(text, 0..4)?,
        number(text, 5..7)?,
        number(text, 8..10)?,
    ))
}

/// Seconds since 1970 of an instant; `None` when it is not one.
pub fn epoch_seconds(instant: &Instant) -> Option<i64> {
    let text = &instant.0;
    let (year, month, day) = date_of(text)?;
    let time = number(text, 11..13)? * 3600 + number(text, 14..16)? * 60 + number(text, 17..19)?;
    Some(days_from_civil(year, month, day) * 86_400 + time)
}

/// The instant so many seconds after 1970.
pub fn instant(seconds: i64) -> Instant {
    let (year, month, day) = civil_from_days(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    Instant(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    ))
}

fn beijing(instant: &Instant) -> Option<Civil> {
    let local = epoch_seconds(instant)? + BEIJING_SECONDS;
    let (year, month, day) = civil_from_days(local.div_euclid(86_400));
    Some(Civil {
        year,
        month,
        day,
        seconds: local.rem_euclid(86_400),
    })
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const ZH_WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

fn month_name(month: i64) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .unwrap_or(&"")
}

/// `2026年11月22日 16:30`, `22 Nov 2026, 16:30`; the text itself when it is no instant.
pub fn moment(lang: Lang, instant: &Instant) -> String {
    let Some(at) = beijing(instant) else {
        return instant.0.clone();
    };
    let (hour, minute) = (at.seconds / 3600, at.seconds / 60 % 60);
    match lang {
        Lang::ZhCn => format!(
            "{}年{}月{}日 {hour:02}:{minute:02}",
            at.year, at.month, at.day
        ),
        Lang::En => format!(
            "{} {} {}, {hour:02}:{minute:02}",
            at.day,
            month_name(at.month),
            at.year
        ),
    }
}

/// The time of day of an instant of today, `今天 16:30`, `16:30 today`; of another day, the whole [`moment`].
pub fn lately(lang: Lang, instant: &Instant, now_seconds: i64) -> String {
    let Some(at) = beijing(instant) else {
        return instant.0.clone();
    };
    let today = civil_from_days(beijing_day(now_seconds));
    if (at.year, at.month, at.day) != today {
        return moment(lang, instant);
    }
    let (hour, minute) = (at.seconds / 3600, at.seconds / 60 % 60);
    match lang {
        Lang::ZhCn => format!("今天 {hour:02}:{minute:02}"),
        Lang::En => format!("{hour:02}:{minute:02} today"),
    }
}

/// The Beijing day of an instant, `2026年11月22日`, `22 Nov 2026`.
pub fn date(lang: Lang, instant: &Instant) -> String {
    let Some(at) = beijing(instant) else {
        return instant.0.clone();
    };
    match lang {
        Lang::ZhCn => format!("{}年{}月{}日", at.year, at.month, at.day),
        Lang::En => format!("{} {} {}", at.day, month_name(at.month), at.year),
    }
}

/// `2026年1月1日`, `1 Jan 2026`; the text itself when it is no day.
pub fn full_day(lang: Lang, day: &Day) -> String {
    let date = date_of(&day.0);
    date.map_or_else(|| day.0.clone(), |date| short_date(lang, date, i64::MIN))
}

/// `11月25日 周三`, `Wed 25 Nov`; the text itself when it is no day.
pub fn day(lang: Lang, day: &Day) -> String {
    let Some((year, month, date)) = date_of(&day.0) else {
        return day.0.clone();
    };
    // 1970-01-01 was a Thursday, the fourth day of a week that begins on Monday.
    let weekday =
        usize::try_from((days_from_civil(year, month, date) + 3).rem_euclid(7)).unwrap_or(0);
    match lang {
        Lang::ZhCn => format!("{month}月{date}日 周{}", ZH_WEEKDAYS[weekday]),
        Lang::En => format!("{} {date} {}", WEEKDAYS[weekday], month_name(month)),
    }
}

fn short_date(lang: Lang, (year, month, day): (i64, i64, i64), this_year: i64) -> String {
    match (lang, year == this_year) {
        (Lang::ZhCn, true) => format!("{month}月{day}日"),
        (Lang::ZhCn, false) => format!("{year}年{month}月{day}日"),
        (Lang::En, true) => format!("{day} {}", month_name(month)),
        (Lang::En, false) => format!("{day} {} {year}", month_name(month)),
    }
}

/// `11月25日`, `25 Nov`, with the year when it is not this one; the text itself when it is no day.
/// `now` is in seconds since 1970.
pub fn short_day(lang: Lang, day: &Day, now: i64) -> String {
    let (this_year, ..) = civil_from_days(beijing_day(now));
    match date_of(&day.0) {
        Some(date) => short_date(lang, date, this_year),
        None => day.0.clone(),
    }
}

/// `今天 16:02`, `昨天 21:40`, else the day, with the year when it is not this one.
/// `now` is in seconds since 1970.
pub fn recently(lang: Lang, instant: &Instant, now: i64) -> String {
    let mut text = day_name(lang, instant, now);
    if let Some(at) = beijing(instant)
        && (0..2).contains(&days_ago(at, now))
    {
        text.push(' ');
        text.push_str(&time_of_day(at));
    }
    text
}

fn days_ago(at: Civil, now: i64) -> i64 {
    let today = beijing_day(now);
    today - days_from_civil(at.year, at.month, at.day)
}

/// `11月25日`, `25 Nov`: a day where neither its weekday nor its year matters.
pub fn day_month(lang: Lang, day: &Day) -> String {
    match (date_of(&day.0), lang) {
        (None, _) => day.0.clone(),
        (Some((_, month, date)), Lang::ZhCn) => format!("{month}月{date}日"),
        (Some((_, month, date)), Lang::En) => format!("{date} {}", month_name(month)),
    }
}

/// `12月1日–4日`, `1–4 Dec`, `30 Nov – 4 Dec`, or the one day.
pub fn day_months(lang: Lang, from: &Day, to: &Day) -> String {
    if from == to {
        return day_month(lang, from);
    }
    match (date_of(&from.0), date_of(&to.0)) {
        (Some((year, month, first)), Some((last_year, last_month, last)))
            if (year, month) == (last_year, last_month) =>
        {
            match lang {
                Lang::ZhCn => format!("{month}月{first}日–{last}日"),
                Lang::En => format!("{first}–{last} {}", month_name(month)),
            }
        }
        _ => format!("{} – {}", day_month(lang, from), day_month(lang, to)),
    }
}

/// The Beijing day of an instant; its text when it is no instant.
pub fn day_of(instant: &Instant) -> Day {
    Day(beijing(instant).map_or_else(
        || instant.0.clone(),
        |at| format!("{:04}-{:02}-{:02}", at.year, at.month, at.day),
    ))
}

/// `11月25日 周三 – 11月28日 周六`, or the one day.
pub fn days(lang: Lang, from: &Day, to: &Day) -> String {
    if from == to {
        day(lang, from)
    } else {
        format!("{} – {}", day(lang, from), day(lang, to))
    }
}

/// What is left of some seconds: `23:59:01`, and days in front from the second day on. Never negative.
pub fn countdown(lang: Lang, seconds: i64) -> String {
    let left = seconds.max(0);
    let clock = format!(
        "{:02}:{:02}:{:02}",
        left / 3600 % 24,
        left / 60 % 60,
        left % 60
    );
    match (left / 86_400, lang) {
        (0, _) => clock,
        (days, Lang::ZhCn) => format!("{days}天 {clock}"),
        (days, Lang::En) => format!("{days}d {clock}"),
    }
}

/// `11月28日 14:00`, `28 Nov, 14:00`: a near moment, whose year goes without saying.
pub fn day_time(lang: Lang, instant: &Instant) -> String {
    let Some(at) = beijing(instant) else {
        return instant.0.clone();
    };
    let day = short_date(lang, (at.year, at.month, at.day), at.year);
    let comma = match lang {
        Lang::ZhCn => "",
        Lang::En => ",",
    };
    format!("{day}{comma} {}", time_of_day(at))
}

/// `14:00`; the text itself when it is no instant.
pub fn clock(instant: &Instant) -> String {
    beijing(instant).map_or_else(|| instant.0.clone(), time_of_day)
}

fn time_of_day(at: Civil) -> String {
    format!("{:02}:{:02}", at.seconds / 3600, at.seconds / 60 % 60)
}

/// The number of the Beijing day of a moment, in seconds since 1970.
pub const fn beijing_day(seconds: i64) -> i64 {
    (seconds + BEIJING_SECONDS).div_euclid(86_400)
}

/// `今天`, `昨天`, else the day, with the year when it is not this one. `now` is in seconds since 1970.
pub fn day_name(lang: Lang, instant: &Instant, now: i64) -> String {
    let Some(at) = beijing(instant) else {
        return instant.0.clone();
    };
    let name = match (days_ago(at, now), lang) {
        (0, Lang::ZhCn) => "今天",
        (0, Lang::En) => "Today",
        (1, Lang::ZhCn) => "昨天",
        (1, Lang::En) => "Yesterday",
        _ => {
            let (this_year, ..) = civil_from_days(beijing_day(now));
            return short_date(lang, (at.year, at.month, at.day), this_year);
        }
    };
    name.to_owned()
}

/// The last Beijing day before an instant that is the first one too late.
pub fn last_day(until: &Instant) -> Day {
    epoch_seconds(until).map_or_else(
        || Day(until.0.clone()),
        |seconds| {
            let (year, month, day) =
                civil_from_days((seconds - 1 + BEIJING_SECONDS).div_euclid(86_400));
            Day(format!("{year:04}-{month:02}-{day:02}"))
        },
    )
}

/// About how much time some seconds are, by the two largest units: `1 天 3 小时`, `1 day 3 h`.
pub fn about(lang: Lang, seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    let (days, hours, minutes) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let parts = match (days, hours, minutes, lang) {
        (0, 0, 0, Lang::ZhCn) => return "不到 1 分钟".to_owned(),
        (0, 0, 0, Lang::En) => return "less than a minute".to_owned(),
        (0, 0, _, Lang::ZhCn) => [(minutes, "分钟"), (0, "")],
        (0, 0, _, Lang::En) => [(minutes, "min"), (0, "")],
        (0, _, _, Lang::ZhCn) => [(hours, "小时"), (minutes, "分钟")],
        (0, _, _, Lang::En) => [(hours, "h"), (minutes, "min")],
        (_, _, _, Lang::ZhCn) => [(days, "天"), (hours, "小时")],
        (1, _, _, Lang::En) => [(days, "day"), (hours, "h")],
        (_, _, _, Lang::En) => [(days, "days"), (hours, "h")],
    };
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests;
