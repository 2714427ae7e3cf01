//! Uploads for tests of the pages that take them.

use orders_api::{Evidence, EvidenceKind};

use super::course::Course;
use super::files::FileFacts;
use super::item::Stage;
use super::steps::Event;

/// How many may go with one message.
const MOST: usize = 6;

fn with(count: usize, stage: impl Fn(usize) -> Stage) -> Course {
    let mut course = Course::new(MOST);
    let files = (0..count).map(|at| FileFacts {
        name: format!("{at}.jpg"),
        bytes: 1_000,
        modified_ms: 1,
        media_type: "image/jpeg".into(),
    });
    course.step(Event::Picked(files.collect()), || "k".into());
    for (at, item) in course.items.iter_mut().enumerate() {
        item.stage = stage(at);
    }
    course
}

/// So many photos that are kept.
pub fn kept(count: usize) -> Course {
    with(count, |at| {
        Stage::Ready(Evidence {
            id: format!("f{at}"),
            kind: EvidenceKind::Photo,
            width: 400,
            height: 300,
        })
    })
}

/// One photo that is on its way.
pub fn uploading() -> Course {
    with(1, |_| Stage::Sending)
}
