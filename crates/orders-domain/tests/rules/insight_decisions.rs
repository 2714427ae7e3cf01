//! How long it took until somebody decided.

use orders_domain::*;

use crate::sample::instant;

#[test]
fn a_decision_takes_until_somebody_of_the_shop_or_its_silence_has_made_it() {
    use TimelineEvent as Event;
    let opened = instant("2026-03-16T02:00:00Z");
    let later = |seconds: i64| opened + chrono::TimeDelta::seconds(seconds);
    for (ended, minutes, parts) in [
        (None, None, (0, 1, 0)),
        (
            Some((later(61), Event::CancellationDeclined, Actor::Staff)),
            Some(2),
            (1, 0, 0),
        ),
        (
            Some((later(60), Event::Cancelled, Actor::Staff)),
            Some(1),
            (1, 0, 0),
        ),
        (
            Some((later(7_200), Event::CaseApproved, Actor::System)),
            Some(120),
            (1, 0, 0),
        ),
        (
            Some((later(60), Event::CancellationWithdrawn, Actor::Shopper)),
            None,
            (0, 0, 1),
        ),
        (
            Some((later(60), Event::Cancelled, Actor::Shopper)),
            None,
            (0, 0, 1),
        ),
        (
            Some((later(60), Event::Cancelled, Actor::System)),
            None,
            (0, 0, 1),
        ),
    ] {
        let mut tally = DecisionTally::default();
        let fact = DecisionFact {
            opened_at: opened,
            ended,
        };
        tally.add(&fact);
        assert_eq!(tally.minutes.median(), minutes, "{fact:?}");
        let found = (tally.decided(), tally.waiting, tally.ended);
        assert_eq!((tally.opened, found), (1, parts), "{fact:?}");
    }
}
