//! Where an axis has its marks, and which of its labels there is room for.

use super::chart::Unit;

/// The most marks above the foot of an axis.
const MARKS: i64 = 4;
/// How much room there is at least between two labels, in pixels.
const BETWEEN: f64 = 8.0;

/// The marks of an axis from 0 on: round numbers, the last of them not below `most`. Where everything is nought, a share is
/// told against ten percent: a tenth of one would look like much.
pub fn marks(most: i64, unit: Unit) -> Vec<i64> {
    let least = if most == 0 && unit == Unit::Permille {
        100
    } else {
        1
    };
    let most = most.max(least);
    let step = steps(unit)
        .find(|step| step * MARKS >= most)
        .unwrap_or(most);
    let count = (most + step - 1) / step;
    (0..=count).map(|mark| mark * step).collect()
}

/// Round steps, ever larger: 1, 2, 5, 10, …; of minutes those of a clock.
fn steps(unit: Unit) -> Box<dyn Iterator<Item = i64>> {
    let decimal = (0..18).flat_map(|power| [1, 2, 5].map(|one| one * 10_i64.pow(power)));
    match unit {
        Unit::Minutes => {
            let clock = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1_440];
            let days = (1..).map(|days| days * 2_880).take(1_000);
            Box::new(clock.into_iter().chain(days))
        }
        Unit::Count | Unit::Permille | Unit::Days => Box::new(decimal),
    }
}

/// About how wide a label is, in pixels, at the size of the axes: Chinese signs are square.
pub fn width_of(text: &str) -> f64 {
    text.chars()
        .map(|sign| if sign.is_ascii() { 6.4 } else { 11.0 })
        .sum()
}

/// `text` as far as there is room for it, with what is left out told by dots.
pub fn shortened(text: &str, room: f64) -> String {
    if width_of(text) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for sign in text.chars() {
        if width_of(&short) + width_of(&sign.to_string()) + 11.0 > room {
            break;
        }
        short.push(sign);
    }
    short.trim_end().to_owned() + "…"
}

/// Every which label of an axis is shown, so that none touches the next: their middles are `apart` from one another.
pub fn every(labels: &[String], apart: f64) -> usize {
    let widest = labels
        .iter()
        .map(|label| width_of(label))
        .fold(0.0, f64::max);
    let fits = |every: &usize| labels.is_empty() || count(*every) * apart >= widest + BETWEEN;
    (1..=labels.len().max(1))
        .find(fits)
        .unwrap_or(labels.len().max(1))
}

/// A number of things as a number of pixels; axes have few.
pub fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// A figure as a length; charts need no more than its first digits.
#[expect(
    clippy::cast_precision_loss,
    reason = "a picture is no more precise than a pixel"
)]
pub const fn length(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_few_and_reach_the_highest() {
        for (most, unit, expected) in [
            (0, Unit::Count, vec![0, 1]),
            (1, Unit::Count, vec![0, 1]),
            (3, Unit::Count, vec![0, 1, 2, 3]),
            (7, Unit::Count, vec![0, 2, 4, 6, 8]),
            (20, Unit::Count, vec![0, 5, 10, 15, 20]),
            (21, Unit::Count, vec![0, 10, 20, 30]),
            (1_234, Unit::Count, vec![0, 500, 1_000, 1_500]),
            (0, Unit::Permille, vec![0, 50, 100]),
            (5, Unit::Permille, vec![0, 2, 4, 6]),
            (125, Unit::Permille, vec![0, 50, 100, 150]),
            (1_000, Unit::Permille, vec![0, 500, 1_000]),
            (50, Unit::Minutes, vec![0, 15, 30, 45, 60]),
            (400, Unit::Minutes, vec![0, 120, 240, 360, 480]),
        ] {
            assert_eq!(marks(most, unit), expected, "{most}");
        }
        for most in 1..3_000 {
            for unit in [Unit::Count, Unit::Minutes] {
                let marks = marks(most, unit);
                assert!((2..=5).contains(&marks.len()), "{most}: {marks:?}");
                let last = *marks.last().expect("marks");
                assert!(last >= most && last < most * 2 + 1, "{most}: {marks:?}");
            }
        }
    }

    #[test]
    fn no_label_touches_the_next_on_a_telephone_and_on_a_desk() {
        let labels = ["3月18日", "18 Mar", "12月31日"].map(str::to_owned);
        for plot in [280.0, 520.0] {
            for places in 1..=62_usize {
                let apart = plot / count(places);
                let all = vec![labels[places % 3].clone(); places];
                let every = every(&all, apart);
                assert!((1..=places).contains(&every));
                if every < places {
                    assert!(
                        count(every) * apart >= width_of(&all[0]) + BETWEEN,
                        "{places}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_too_long_ends_in_dots_and_fits() {
        assert_eq!(shortened("不想要了", 100.0), "不想要了");
        let long = "订单信息填写错误，需要重新下单，例如地址";
        let short = shortened(long, 120.0);
        assert!(short.ends_with('…') && width_of(&short) <= 120.0, "{short}");
    }
}
