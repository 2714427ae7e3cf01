//! When somebody answers in the chat, in the shop's time zone, and by when what is left outside of that is answered.

use chrono::{Days, TimeDelta};

use crate::codes::codes;
use crate::{Calendar, Day, Instant, Policy};

/// How far ahead the next opening is looked for: longer than any holiday.
const DAYS_AHEAD: u64 = 60;

/// When the chat is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpeningHours {
    /// The minute of the day from which on it is.
    pub opens: u32,
    /// The minute of the day from which on it is not any more; 1440 is midnight.
    pub closes: u32,
    /// On which days.
    pub days: ChatDays,
    /// Within how many hours of the next opening is answered what was left meanwhile.
    pub reply_hours: u32,
}

/// The days on which the chat is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatDays {
    /// Every day.
    Daily,
    /// Working days, make-up days (调休) included.
    WorkingDays,
}

codes!(ChatDays {
    Daily => "daily",
    WorkingDays => "working_days",
});

impl OpeningHours {
    /// `09:30` as a minute of the day, up to `24:00`.
    pub fn minute_of(text: &str) -> Option<u32> {
        let (hour, minute) = text.split_once(':')?;
        let number = |digits: &str| -> Option<u32> {
            let two = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            two.then(|| digits.parse().ok()).flatten()
        };
        let (hour, minute) = (number(hour)?, number(minute)?);
        let of_day = hour * 60 + minute;
        (minute < 60 && of_day <= 24 * 60).then_some(of_day)
    }

    fn opens_on(&self, day: Day, calendar: &Calendar) -> bool {
        match self.days {
            ChatDays::Daily => true,
            ChatDays::WorkingDays => calendar.is_working_day(day),
        }
    }
}

impl Policy {
    /// Whether somebody answers in the chat at `now`; `None` where the shop has no chat.
    pub fn chat_is_open(&self, calendar: &Calendar, now: Instant) -> Option<bool> {
        let hours = self.support.chat?;
        let day = self.day_of(now);
        let open = hours.opens_on(day, calendar)
            && self
                .at_minute(day, hours.opens)
                .is_some_and(|opens| opens <= now)
            && self
                .at_minute(day, hours.closes)
                .is_some_and(|closes| now < closes);
        Some(open)
    }

    /// When the chat opens next after `now`, or `now` when it is open; `None` where the shop has no chat, or no day for it
    /// comes in sight.
    pub fn chat_opens(&self, calendar: &Calendar, now: Instant) -> Option<Instant> {
        let hours = self.support.chat?;
        if self.chat_is_open(calendar, now)? {
            return Some(now);
        }
        let today = self.day_of(now);
        (0..DAYS_AHEAD)
            .filter_map(|ahead| today.checked_add_days(Days::new(ahead)))
            .filter(|day| hours.opens_on(*day, calendar))
            .filter_map(|day| self.at_minute(day, hours.opens))
            .find(|opens| *opens > now)
    }

    /// When the chat, which is open at `now`, is open no more; `None` where it is shut, or stays open.
    pub fn chat_closes(&self, calendar: &Calendar, now: Instant) -> Option<Instant> {
        let hours = self.support.chat?;
        let today = self
            .chat_is_open(calendar, now)?
            .then(|| self.day_of(now))?;
        (0..DAYS_AHEAD)
            .filter_map(|ahead| today.checked_add_days(Days::new(ahead)))
            .filter_map(|day| self.at_minute(day, hours.closes))
            // At midnight another day may begin on which it is open.
            .find(|closes| self.chat_is_open(calendar, *closes) == Some(false))
    }

    /// By when a message that is left at `now` is answered: so many hours after the chat opens.
    pub fn chat_answer_due(&self, calendar: &Calendar, now: Instant) -> Option<Instant> {
        let hours = self.support.chat?;
        let opens = self.chat_opens(calendar, now)?;
        opens.checked_add_signed(TimeDelta::hours(i64::from(hours.reply_hours)))
    }

    /// For how long the chat was open between two moments; `None` where the shop has no chat.
    pub fn chat_open_between(
        &self,
        calendar: &Calendar,
        from: Instant,
        to: Instant,
    ) -> Option<TimeDelta> {
        let hours = self.support.chat?;
        let last = self.day_of(to);
        let mut open = TimeDelta::zero();
        for day in self.day_of(from).iter_days() {
            if day > last {
                break;
            }
            if !hours.opens_on(day, calendar) {
                continue;
            }
            let opens = self.at_minute(day, hours.opens)?.max(from);
            let closes = self.at_minute(day, hours.closes)?.min(to);
            open += (closes - opens).max(TimeDelta::zero());
        }
        Some(open)
    }

    /// The instant of a minute of `day` in the shop.
    fn at_minute(&self, day: Day, minute: u32) -> Option<Instant> {
        let offset = i64::from(minute) - i64::from(self.utc_offset_minutes);
        day.and_hms_opt(0, 0, 0)?
            .checked_add_signed(TimeDelta::minutes(offset))
            .map(|naive| naive.and_utc())
    }
}
