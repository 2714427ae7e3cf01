//! Where everything of a chart stands, in pixels of a picture that is as wide as its panel.

use super::chart::{Chart, Kind, marked};
use super::scale::{count, every, length, marks, shortened, width_of};

/// How wide and high a picture is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom, of columns and lines.
    pub height: f64,
}

/// On a telephone of 390 pixels, within the panel.
pub const NARROW: Size = Size {
    width: 326.0,
    height: 190.0,
};
/// Two beside each other on a desk.
pub const WIDE: Size = Size {
    width: 580.0,
    height: 220.0,
};

const TOP: f64 = 12.0;
const RIGHT: f64 = 10.0;
const FOOT: f64 = 26.0;
/// Between the numbers of an axis and the plot.
const GAP: f64 = 8.0;
/// The widest column.
const COLUMN: f64 = 34.0;
/// From one bar to the next, with its name above it.
const ROW: f64 = 44.0;
const BAR: f64 = 16.0;
const NAME: f64 = 16.0;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// A word at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The word.
    pub text: String,
    /// Where, from the left.
    pub x: f64,
    /// Where its foot is, from the top.
    pub y: f64,
}

/// A picture in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// How high it is.
    pub height: f64,
    /// Where the figures are.
    pub plot: Rect,
    /// The marks of the axis of figures: a line across the plot, and its number, whose end is at its point.
    pub marks: Vec<Label>,
    /// What the places are called; of columns and lines the middle is at its point, of bars the beginning.
    pub labels: Vec<Label>,
    /// The whole of each place, to point at.
    pub places: Vec<Rect>,
    /// Of each series the pieces: columns and bars.
    pub pieces: Vec<Vec<Rect>>,
    /// Of each series the points: lines, broken where there is no figure.
    pub lines: Vec<Vec<Vec<(f64, f64)>>>,
    /// The sums behind bars, whose beginning is at its point.
    pub sums: Vec<Label>,
}

/// Lays a chart out.
pub fn layout(chart: &Chart, size: Size) -> Layout {
    match chart.kind {
        Kind::Columns | Kind::Lines => upright(chart, size),
        Kind::Bars => lying(chart, size),
    }
}

fn upright(chart: &Chart, size: Size) -> Layout {
    let numbers = marks(chart.most(), chart.unit);
    let texts: Vec<_> = numbers
        .iter()
        .map(|mark| marked(chart.unit, *mark))
        .collect();
    let widest = texts.iter().map(|text| width_of(text)).fold(0.0, f64::max);
    let left = widest + GAP;
    let plot = Rect {
        x: left,
        y: TOP,
        width: size.width - left - RIGHT,
        height: size.height - TOP - FOOT,
    };
    let top = length(numbers.last().copied().unwrap_or(1)).max(1.0);
    let rise = |value: i64| length(value) / top * plot.height;
    let ground = plot.y + plot.height;
    let apart = plot.width / count(chart.places.len().max(1));
    let middle = |place: usize| plot.x + (count(place) + 0.5) * apart;
    let names: Vec<_> = chart
        .places
        .iter()
        .map(|place| place.short.clone())
        .collect();
    let every = every(&names, apart);
    let fits = |label: &Label| {
        let half = width_of(&label.text) / 2.0;
        label.x - half >= 0.0 && label.x + half <= size.width
    };
    let labels = names.into_iter().enumerate().step_by(every);
    let labels = labels.map(|(place, text)| Label {
        x: middle(place),
        y: size.height - 8.0,
        text,
    });
    let mut pieces = Vec::new();
    let mut lines = Vec::new();
    if chart.kind == Kind::Columns {
        let wide = (apart * 0.7).clamp(1.5, COLUMN).min(apart);
        let mut heights = vec![0.0; chart.places.len()];
        for series in &chart.series {
            let values = series.values.iter().zip(&mut heights).enumerate();
            let rects = values.map(|(place, (value, below))| {
                let height = rise(value.unwrap_or_default());
                *below += height;
                Rect {
                    x: middle(place) - wide / 2.0,
                    y: ground - *below,
                    width: wide,
                    height,
                }
            });
            pieces.push(rects.collect());
        }
    } else {
        for series in &chart.series {
            let mut parts: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
            for (place, value) in series.values.iter().enumerate() {
                match (value, parts.last_mut()) {
                    (Some(value), Some(part)) => part.push((middle(place), ground - rise(*value))),
                    (None, Some(part)) if !part.is_empty() => parts.push(Vec::new()),
                    (None | Some(_), _) => {}
                }
            }
            parts.retain(|part| !part.is_empty());
            lines.push(parts);
        }
    }
    Layout {
        height: size.height,
        marks: numbers
            .iter()
            .zip(texts)
            .map(|(mark, text)| Label {
                text,
                x: left - GAP,
                y: ground - rise(*mark),
            })
            .collect(),
        labels: labels.filter(fits).collect(),
        places: (0..chart.places.len())
            .map(|place| Rect {
                x: middle(place) - apart / 2.0,
                width: apart,
                ..plot
            })
            .collect(),
        plot,
        pieces,
        lines,
        sums: Vec::new(),
    }
}

fn lying(chart: &Chart, size: Size) -> Layout {
    let most = length(chart.most()).max(1.0);
    let sum = |place: usize| -> i64 {
        let values = chart
            .series
            .iter()
            .map(|series| series.values.get(place).copied().flatten());
        values.flatten().sum()
    };
    let sums: Vec<_> = (0..chart.places.len())
        .map(|place| marked(chart.unit, sum(place)))
        .collect();
    let widest = sums.iter().map(|text| width_of(text)).fold(0.0, f64::max);
    let plot = Rect {
        x: 0.0,
        y: 0.0,
        width: size.width - widest - GAP,
        height: ROW * count(chart.places.len()),
    };
    let row = |place: usize| count(place) * ROW;
    let mut ends = vec![0.0; chart.places.len()];
    let mut pieces = Vec::new();
    for series in &chart.series {
        let values = series.values.iter().zip(&mut ends).enumerate();
        let rects = values.map(|(place, (value, end))| {
            let width = length(value.unwrap_or_default()) / most * plot.width;
            let x = *end;
            *end += width;
            Rect {
                x,
                y: row(place) + NAME + 4.0,
                width,
                height: BAR,
            }
        });
        pieces.push(rects.collect());
    }
    Layout {
        height: plot.height.max(1.0),
        marks: Vec::new(),
        labels: chart
            .places
            .iter()
            .enumerate()
            .map(|(place, name)| Label {
                text: shortened(&name.full, size.width),
                x: 0.0,
                y: row(place) + NAME - 2.0,
            })
            .collect(),
        places: (0..chart.places.len())
            .map(|place| Rect {
                x: 0.0,
                y: row(place),
                width: size.width,
                height: ROW,
            })
            .collect(),
        plot,
        sums: sums
            .into_iter()
            .zip(&ends)
            .enumerate()
            .map(|(place, (text, end))| Label {
                text,
                x: end + GAP - 2.0,
                y: row(place) + NAME + BAR,
            })
            .collect(),
        pieces,
        lines: Vec::new(),
    }
}
