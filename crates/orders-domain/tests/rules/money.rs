//! Money and its division.

use orders_domain::{Currency, Money, apportion};
use proptest::prelude::*;

#[test]
fn money_is_written_as_minor_units_and_a_code() {
    let money = Money::new(1_234, Currency::CNY);
    let text = serde_json::to_string(&money).unwrap();
    assert_eq!(text, r#"{"amount":1234,"currency":"CNY"}"#);
    assert_eq!(serde_json::from_str::<Money>(&text).unwrap(), money);
}

#[test]
fn a_currency_is_three_upper_case_letters() {
    for wrong in ["", "CN", "cny", "CNYX", "C1Y", "人民币"] {
        assert_eq!(Currency::parse(wrong), None, "{wrong}");
        assert!(serde_json::from_value::<Currency>(wrong.into()).is_err());
    }
    assert_eq!(Currency::parse("USD").unwrap().as_str(), "USD");
}

#[test]
fn amounts_are_divided_by_the_largest_remainder() {
    let table: &[(i64, &[i64], &[i64])] = &[
        (100, &[1, 1, 1], &[34, 33, 33]),
        (10, &[1, 2, 7], &[1, 2, 7]),
        (5, &[3, 3, 3], &[2, 2, 1]),
        (1, &[1, 1], &[1, 0]),
        (0, &[5, 5], &[0, 0]),
        (7, &[0, 0], &[7, 0]),
        (7, &[], &[]),
        (-100, &[1, 1, 1], &[-34, -33, -33]),
        (9, &[-5, 3], &[0, 9]),
        (
            i64::MAX,
            &[i64::MAX, i64::MAX],
            &[i64::MAX / 2 + 1, i64::MAX / 2],
        ),
        (i64::MIN, &[1], &[i64::MIN]),
    ];
    for (amount, weights, expected) in table {
        assert_eq!(
            apportion(*amount, weights),
            *expected,
            "{amount} by {weights:?}"
        );
    }
}

proptest! {
    #[test]
    fn a_division_loses_nothing_and_gives_nobody_more_than_their_weight(
        weights in prop::collection::vec(prop_oneof![0..=1_000i64, 0..=i64::MAX], 1..8),
        part in 0.0..=1.0f64,
    ) {
        let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        let most = i64::try_from(sum).unwrap_or(i64::MAX);
        let amount = ((most as f64 * part) as i64).clamp(0, most);
        let shares = apportion(amount, &weights);
        prop_assert_eq!(shares.iter().map(|share| i128::from(*share)).sum::<i128>(), i128::from(amount));
        for (share, weight) in shares.iter().zip(&weights) {
            prop_assert!(0 <= *share && share <= weight, "{:?} by {:?}", shares, weights);
        }
    }
}
