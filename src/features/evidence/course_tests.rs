//! The course of uploads, event by event.

use orders_api::{Evidence, EvidenceKind, EvidenceRefusal, EvidenceUpload, UploadState};

use super::course::Course;
use super::files::{FileFacts, KeptUpload, PHOTO_BYTES};
use super::item::Stage;
use super::steps::{Act, Event, Fault};

const KB: i64 = 1024;

fn file(name: &str, bytes: i64) -> FileFacts {
    FileFacts {
        name: name.into(),
        bytes,
        modified_ms: 1_000,
        media_type: "image/jpeg".into(),
    }
}

fn upload(bytes: i64, offset: i64) -> EvidenceUpload {
    EvidenceUpload {
        id: "u1".into(),
        bytes,
        offset,
        piece_bytes: 1024 * KB,
        state: UploadState::Receiving,
        refusal: None,
        evidence: None,
    }
}

fn ready(id: &str) -> EvidenceUpload {
    EvidenceUpload {
        id: id.into(),
        state: UploadState::Ready,
        evidence: Some(Evidence {
            id: id.into(),
            kind: EvidenceKind::Photo,
            width: 40,
            height: 30,
        }),
        ..upload(10, 10)
    }
}

fn step(course: &mut Course, event: Event) -> Vec<Act> {
    course.step(event, || "key".to_owned())
}

fn pick(course: &mut Course, files: &[FileFacts]) -> Vec<Act> {
    step(course, Event::Picked(files.to_vec()))
}

/// Answers the only open question.
fn answer(course: &mut Course, act: &Act, answer: Result<EvidenceUpload, Fault>) -> Vec<Act> {
    answer_after(course, act, answer, 2_000)
}

fn answer_after(
    course: &mut Course,
    act: &Act,
    answer: Result<EvidenceUpload, Fault>,
    took_ms: i32,
) -> Vec<Act> {
    let (item, turn) = question(act);
    step(course, Event::Answered(item, turn, answer, took_ms))
}

fn question(act: &Act) -> (u32, u32) {
    match act {
        Act::Begin { item, turn, .. }
        | Act::Send { item, turn, .. }
        | Act::Ask { item, turn, .. }
        | Act::Wait { item, turn, .. } => (*item, *turn),
        Act::Discard { .. } => panic!("nothing is asked"),
    }
}

fn wait_over(course: &mut Course, act: &Act) -> Vec<Act> {
    let (item, turn) = question(act);
    step(course, Event::Waited(item, turn))
}

fn only(acts: Vec<Act>) -> Act {
    assert_eq!(acts.len(), 1, "{acts:?}");
    acts.into_iter().next().expect("one")
}

/// A course that is sending its first piece of a file of 1 MB.
fn sending() -> (Course, Act) {
    let mut course = Course::new(9);
    let begin = only(pick(&mut course, &[file("a", 1024 * KB)]));
    let send = only(answer(&mut course, &begin, Ok(upload(1024 * KB, 0))));
    (course, send)
}

#[test]
fn a_file_goes_piece_by_piece_from_where_the_server_is() {
    let mut course = Course::new(9);
    let begin = only(pick(&mut course, &[file("a", 700 * KB)]));
    assert!(matches!(&begin, Act::Begin { bytes, key, .. } if *bytes == 700 * KB && key == "key"));
    let send = only(answer(&mut course, &begin, Ok(upload(700 * KB, 0))));
    let Act::Send { from, bytes, .. } = send else {
        panic!("{send:?}")
    };
    assert_eq!((from, bytes), (0, 256 * KB));
    assert!(course.is_busy());
    let send = only(answer(&mut course, &send, Ok(upload(700 * KB, 256 * KB))));
    assert_eq!(course.items[0].percent(), 36);
    let send = only(answer(&mut course, &send, Ok(upload(700 * KB, 512 * KB))));
    let Act::Send { from, bytes, .. } = send else {
        panic!("{send:?}")
    };
    assert_eq!((from, bytes), (512 * KB, 188 * KB));
    assert!(answer(&mut course, &send, Ok(ready("u1"))).is_empty());
    assert!(!course.is_busy());
    assert_eq!(course.ready()[0].id, "u1");
    assert_eq!(course.items[0].percent(), 100);
}

#[test]
fn pieces_grow_on_a_quick_line_and_shrink_on_a_slow_one_within_bounds() {
    let size = |act: &Act| match act {
        Act::Send { bytes, .. } => *bytes / KB,
        _ => panic!("{act:?}"),
    };
    let mut course = Course::new(9);
    let begin = only(pick(&mut course, &[file("a", 9_000 * KB)]));
    let mut act = only(answer(&mut course, &begin, Ok(upload(9_000 * KB, 0))));
    let mut offset = 0;
    let mut sizes = vec![size(&act)];
    for took_ms in [100, 100, 100, 2_000, 9_000, 9_000, 9_000, 9_000, 9_000] {
        offset += size(&act) * KB;
        let next = Ok(upload(9_000 * KB, offset));
        act = only(answer_after(&mut course, &act, next, took_ms));
        sizes.push(size(&act));
    }
    assert_eq!(sizes, [256, 512, 1024, 1024, 1024, 512, 256, 128, 64, 64]);
}

#[test]
fn one_file_is_sent_at_a_time() {
    let mut course = Course::new(9);
    let begin = only(pick(&mut course, &[file("a", 10), file("b", 10)]));
    assert_eq!(course.items[1].stage, Stage::Waiting);
    let send = only(answer(&mut course, &begin, Ok(upload(10, 0))));
    let next = only(answer(&mut course, &send, Ok(ready("u1"))));
    assert!(matches!(next, Act::Begin { item: 1, .. }), "{next:?}");
}

#[test]
fn after_a_lost_answer_the_server_is_asked_how_far_it_is_and_no_piece_is_sent_twice() {
    let (mut course, send) = sending();
    let wait = only(answer(&mut course, &send, Err(Fault::Lost)));
    assert!(matches!(wait, Act::Wait { ms: 1_000, .. }), "{wait:?}");
    let ask = only(wait_over(&mut course, &wait));
    assert!(matches!(ask, Act::Ask { .. }), "{ask:?}");
    // The piece had arrived, its answer had not.
    let send = only(answer(&mut course, &ask, Ok(upload(1024 * KB, 256 * KB))));
    let Act::Send { from, bytes, .. } = send else {
        panic!("{send:?}")
    };
    // What follows is smaller: the line may be bad.
    assert_eq!((from, bytes), (256 * KB, 128 * KB));
}

#[test]
fn a_lost_beginning_is_begun_again_under_the_same_key() {
    let mut course = Course::new(9);
    let keys = std::cell::Cell::new(0);
    let new_key = || {
        keys.set(keys.get() + 1);
        format!("key {}", keys.get())
    };
    let begin = only(course.step(Event::Picked(vec![file("a", 10)]), new_key));
    let (item, turn) = question(&begin);
    let wait = only(course.step(Event::Answered(item, turn, Err(Fault::Lost), 0), new_key));
    let (item, turn) = question(&wait);
    let again = only(course.step(Event::Waited(item, turn), new_key));
    let Act::Begin { key, .. } = again else {
        panic!("{again:?}")
    };
    assert_eq!((key.as_str(), keys.get()), ("key 1", 1));
}

#[test]
fn after_five_waits_it_stops_with_all_behind_it_and_goes_on_when_the_shopper_says_so() {
    let (mut course, send) = sending();
    assert!(pick(&mut course, &[file("b", 10)]).is_empty());
    let mut act = send;
    let mut waits = Vec::new();
    loop {
        let acts = answer(&mut course, &act, Err(Fault::Lost));
        let Some(Act::Wait { ms, .. }) = acts.first() else {
            assert!(acts.is_empty());
            break;
        };
        waits.push(*ms);
        act = only(wait_over(&mut course, &only(acts.clone())));
    }
    assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000]);
    let stages: Vec<_> = course.items.iter().map(|item| item.stage.clone()).collect();
    assert_eq!(stages, [Stage::Stopped, Stage::Stopped]);
    assert!(!course.is_busy());
    assert_eq!(course.unfinished(), 2);
    let again = only(step(&mut course, Event::GoOn));
    assert!(matches!(again, Act::Ask { item: 0, .. }), "{again:?}");
    assert_eq!(course.items[1].stage, Stage::Waiting);
}

#[test]
fn the_network_s_return_ends_the_wait_whose_end_then_means_nothing() {
    let (mut course, send) = sending();
    let wait = only(answer(&mut course, &send, Err(Fault::Lost)));
    let ask = only(step(&mut course, Event::BackAgain));
    assert!(matches!(ask, Act::Ask { .. }), "{ask:?}");
    assert!(wait_over(&mut course, &wait).is_empty());
}

#[test]
fn a_session_that_is_over_waits_for_the_log_in() {
    let (mut course, send) = sending();
    assert!(answer(&mut course, &send, Err(Fault::LoggedOut)).is_empty());
    assert!(course.is_busy());
    let ask = only(step(&mut course, Event::BackAgain));
    assert!(matches!(ask, Act::Ask { .. }), "{ask:?}");
}

#[test]
fn a_wrong_offset_is_a_question_and_not_an_endless_loop() {
    let (mut course, send) = sending();
    let mut act = send;
    for _ in 0..5 {
        let wait = only(answer(&mut course, &act, Err(Fault::WrongOffset)));
        let ask = only(wait_over(&mut course, &wait));
        act = only(answer(&mut course, &ask, Ok(upload(1024 * KB, 0))));
    }
    assert!(answer(&mut course, &act, Err(Fault::WrongOffset)).is_empty());
    assert_eq!(course.items[0].stage, Stage::Stopped);
}

#[test]
fn an_upload_that_is_gone_begins_anew_with_a_new_key() {
    let (mut course, send) = sending();
    let wait = only(answer(&mut course, &send, Err(Fault::Gone)));
    assert_eq!(course.items[0].sent, 0);
    let (item, turn) = question(&wait);
    let again = only(course.step(Event::Waited(item, turn), || "another".to_owned()));
    assert!(matches!(&again, Act::Begin { key, .. } if key == "another"));
}

#[test]
fn a_file_that_is_all_there_is_asked_about_until_it_was_looked_into() {
    let (mut course, send) = sending();
    let wait = only(answer(&mut course, &send, Ok(upload(1024 * KB, 1024 * KB))));
    assert_eq!(course.items[0].stage, Stage::Looking);
    // The question is a piece without bytes.
    let ask = only(wait_over(&mut course, &wait));
    let Act::Send { from, bytes, .. } = &ask else {
        panic!("{ask:?}")
    };
    assert_eq!((*from, *bytes), (1024 * KB, 0));
    assert_eq!(course.items[0].stage, Stage::Looking);
    // The answer to that may be lost like any other.
    let wait = only(answer(&mut course, &ask, Err(Fault::Lost)));
    let ask = only(wait_over(&mut course, &wait));
    let wait = only(answer(&mut course, &ask, Ok(upload(1024 * KB, 1024 * KB))));
    let ask = only(wait_over(&mut course, &wait));
    assert!(answer(&mut course, &ask, Ok(ready("u1"))).is_empty());
    assert_eq!(course.ready().len(), 1);
}

#[test]
fn a_file_that_nobody_looks_into_stops_in_the_end() {
    let (mut course, send) = sending();
    let mut act = send;
    let mut asked = 0;
    loop {
        let all = Ok(upload(1024 * KB, 1024 * KB));
        let acts = answer(&mut course, &act, all);
        let Some(wait) = acts.first() else { break };
        act = only(wait_over(&mut course, wait));
        asked += 1;
    }
    assert_eq!((asked, course.items[0].stage.clone()), (60, Stage::Stopped));
}

#[test]
fn what_is_refused_says_why_counts_for_nothing_and_holds_up_nobody() {
    let (mut course, send) = sending();
    pick(&mut course, &[file("b", 10)]);
    let refused = EvidenceUpload {
        state: UploadState::Refused,
        refusal: Some(EvidenceRefusal::Broken),
        ..upload(1024 * KB, 1024 * KB)
    };
    let next = only(answer(&mut course, &send, Ok(refused)));
    assert!(matches!(next, Act::Begin { item: 1, .. }));
    assert_eq!(
        course.items[0].stage,
        Stage::Refused(EvidenceRefusal::Broken)
    );
    assert_eq!((course.room(), course.unfinished()), (8, 0));
    assert_eq!(course.last, Some(0));
    // The server keeps nothing of it, so there is nothing to give up.
    assert!(step(&mut course, Event::Remove(0)).is_empty());
    assert!(answer(&mut course, &next, Err(Fault::Said("no".into()))).is_empty());
    assert_eq!(course.items[0].stage, Stage::Failed("no".into()));
}

#[test]
fn too_many_are_left_out_and_too_large_ones_are_never_sent() {
    let mut course = Course::new(2);
    let files = [
        file("large", PHOTO_BYTES + 1),
        file("a", 1),
        file("b", 2),
        file("c", 3),
    ];
    let begin = only(pick(&mut course, &files));
    assert!(matches!(begin, Act::Begin { item: 1, .. }), "{begin:?}");
    assert_eq!(
        (course.items.len(), course.left_out, course.room()),
        (3, 1, 0)
    );
    assert!(course.items[0].is_refused());
    // Picked once more, the same file is the same row.
    assert!(pick(&mut course, &[file("a", 1)]).is_empty());
    assert_eq!((course.items.len(), course.left_out), (3, 0));
}

#[test]
fn what_is_taken_away_is_given_up_also_when_its_answer_comes_later() {
    let (mut course, send) = sending();
    let given_up = only(step(&mut course, Event::Remove(0)));
    assert_eq!(
        given_up,
        Act::Discard {
            upload: "u1".into()
        }
    );
    assert!(!course.is_busy());
    let mut course = Course::new(9);
    let begin = only(pick(&mut course, &[file("a", 10)]));
    assert!(step(&mut course, Event::Remove(0)).is_empty());
    let late = only(answer(&mut course, &begin, Ok(upload(10, 0))));
    assert_eq!(
        late,
        Act::Discard {
            upload: "u1".into()
        }
    );
    assert_eq!(question(&send), (0, 2));
}

#[test]
fn what_was_sent_with_the_message_is_not_given_up() {
    let (mut course, send) = sending();
    answer(&mut course, &send, Ok(ready("u1")));
    assert!(step(&mut course.clone(), Event::Sent).is_empty());
    let given_up = only(step(&mut course, Event::Discard));
    assert_eq!(
        given_up,
        Act::Discard {
            upload: "u1".into()
        }
    );
    assert!(course.items.is_empty());
}

fn kept(upload: &str, file: FileFacts) -> KeptUpload {
    KeptUpload {
        upload: upload.into(),
        file,
    }
}

#[test]
fn after_a_reload_the_server_says_what_is_there_and_the_same_file_goes_on() {
    let mut course = Course::new(9);
    let uploads = vec![
        kept("u1", file("a", 10)),
        kept("u2", file("b", 1024 * KB)),
        kept("u3", file("c", 10)),
    ];
    let asks = step(&mut course, Event::Restored(uploads.clone()));
    assert_eq!(asks.len(), 3);
    assert!(course.is_busy());
    answer(&mut course, &asks[0], Ok(ready("u1")));
    let half = EvidenceUpload {
        id: "u2".into(),
        ..upload(1024 * KB, 512 * KB)
    };
    assert!(answer(&mut course, &asks[1], Ok(half.clone())).is_empty());
    answer(&mut course, &asks[2], Ok(ready("u3")));
    assert!(!course.is_busy());
    assert_eq!(course.kept(), uploads);
    assert_eq!(course.items[1].stage, Stage::Missing);
    assert_eq!((course.items[1].percent(), course.unfinished()), (50, 1));
    // Another file of that name is another file.
    let mut other = file("b", 1024 * KB);
    other.modified_ms += 1;
    let begin = only(pick(&mut course.clone(), &[other]));
    assert!(matches!(begin, Act::Begin { .. }));
    // The same goes on where it was.
    let ask = only(pick(&mut course, &[file("b", 1024 * KB)]));
    assert!(matches!(&ask, Act::Ask { upload, .. } if upload == "u2"));
    let send = only(answer(&mut course, &ask, Ok(half)));
    assert!(
        matches!(send, Act::Send { from, .. } if from == 512 * KB),
        "{send:?}"
    );
}

#[test]
fn a_file_that_the_server_let_go_of_waits_to_be_picked_again_and_is_not_lost_by_another_reload() {
    let refused = EvidenceUpload {
        state: UploadState::Refused,
        refusal: Some(EvidenceRefusal::Broken),
        ..upload(10, 10)
    };
    for gone in [Err(Fault::Gone), Ok(refused)] {
        let mut course = Course::new(9);
        let uploads = vec![kept("u1", file("a", 10))];
        let ask = only(step(&mut course, Event::Restored(uploads.clone())));
        assert!(answer(&mut course, &ask, gone).is_empty());
        assert_eq!(course.items[0].stage, Stage::Missing);
        assert_eq!((course.items[0].sent, course.unfinished()), (0, 1));
        assert_eq!(course.kept(), uploads);
        // Picked again it is asked about once more, and then begins anew.
        let ask = only(pick(&mut course, &[file("a", 10)]));
        let wait = only(answer(&mut course, &ask, Err(Fault::Gone)));
        let begin = only(wait_over(&mut course, &wait));
        assert!(matches!(begin, Act::Begin { .. }), "{begin:?}");
    }
}

#[test]
fn a_full_picker_takes_what_is_to_be_picked_again() {
    let mut course = Course::new(1);
    let uploads = vec![kept("u1", file("a", 10))];
    let ask = only(step(&mut course, Event::Restored(uploads)));
    assert!(!course.takes());
    assert!(answer(&mut course, &ask, Ok(upload(10, 5))).is_empty());
    assert_eq!((course.room(), course.takes()), (0, true));
    // Another file is one too many all the same.
    assert!(pick(&mut course, &[file("b", 10)]).is_empty());
    assert_eq!((course.items.len(), course.left_out), (1, 1));
    let ask = only(pick(&mut course, &[file("a", 10)]));
    assert!(matches!(ask, Act::Ask { .. }), "{ask:?}");
    assert!(!course.takes());
}

#[test]
fn what_failed_is_tried_again_when_it_is_picked_again_as_far_as_there_is_room() {
    let mut course = Course::new(1);
    let begin = only(pick(&mut course, &[file("a", 10)]));
    let failed = Err(Fault::Said("too many".into()));
    assert!(answer(&mut course, &begin, failed).is_empty());
    let again = only(
        course
            .clone()
            .step(Event::Picked(vec![file("a", 10)]), || "another".to_owned()),
    );
    assert!(
        matches!(&again, Act::Begin { item: 0, key, .. } if key == "another"),
        "{again:?}"
    );
    only(pick(&mut course, &[file("b", 10)]));
    assert!(pick(&mut course, &[file("a", 10)]).is_empty());
    assert_eq!(course.left_out, 1);
    assert_eq!(course.items[0].stage, Stage::Failed("too many".into()));
}

#[test]
fn what_was_taken_away_is_news_until_something_becomes_of_another() {
    let mut course = Course::new(9);
    let begin = only(pick(&mut course, &[file("a", 10), file("b", 10)]));
    step(&mut course, Event::Remove(1));
    assert_eq!(course.removed.as_deref(), Some("b"));
    answer(&mut course, &begin, Ok(ready("u1")));
    assert_eq!((course.removed.clone(), course.last), (None, Some(0)));
}

#[test]
fn an_upload_of_another_size_is_not_this_file_s() {
    let mut course = Course::new(9);
    let ask = only(step(
        &mut course,
        Event::Restored(vec![kept("u1", file("a", 10))]),
    ));
    assert!(answer(&mut course, &ask, Ok(upload(11, 5))).is_empty());
    assert_eq!(course.items[0].stage, Stage::Missing);
    // It is not given up with this file either.
    assert!(step(&mut course, Event::Remove(0)).is_empty());
}
