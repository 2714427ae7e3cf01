//! Enquiries: entries are added one after the other, never changed, and meddling with them shows.

use orders_domain::{
    Enquiry, EnquiryAnswer, EnquiryStep, Identification, SeenOrder, StaffId, Topic,
};
use orders_store::testing::TestDatabase;
use orders_store::{
    Answer, DeskChange, DeskNotice, EnquiryRecord, NoteAbout, Once, Recorded, Store,
};

use crate::on_both_databases;
use crate::orders::{minutes, noon, order};
use crate::talking::{blank as conversation, open, store};

on_both_databases!(
    steps_are_kept_in_order_with_who_and_when,
    an_order_that_was_looked_up_has_the_enquiry_from_then_on,
    of_steps_at_once_none_takes_the_place_of_another,
    what_is_refused_leaves_nothing,
    a_step_sent_again_under_its_key_is_one_step,
    what_was_changed_taken_out_or_put_in_shows,
    whoever_listens_hears_of_a_step,
    all_are_gone_through_by_id_and_those_of_an_order_alone,
);

fn blank(id: &str, order: Option<&str>, conversation: Option<&str>) -> Enquiry {
    Enquiry {
        id: id.to_owned(),
        shop: "tepai".into(),
        order: order.map(Into::into),
        conversation: conversation.map(Into::into),
        entries: Vec::new(),
    }
}

fn who(note: &str) -> EnquiryStep {
    EnquiryStep::Who {
        confirmed_by: Identification::NumberAndPhone,
        topic: Topic::Refund,
        note: Some(note.to_owned()),
    }
}

fn look(id: &str) -> EnquiryStep {
    EnquiryStep::LookedUp {
        order: SeenOrder::of(&order(id)),
        note: None,
    }
}

fn told(record: &EnquiryRecord) -> Answer {
    Answer {
        status: 200,
        body: record.enquiry.entries.len().to_string(),
    }
}

async fn begin(store: &Store, blank: &Enquiry) {
    let by = (&StaffId::from("wang"), noon());
    let step = who("a");
    let begun = store.begin_enquiry::<()>(blank, by, &step, None, told);
    assert!(matches!(begun.await.unwrap(), Recorded::Done(_)));
}

async fn add(store: &Store, id: &str, step: &EnquiryStep) -> Recorded<&'static str> {
    add_once(store, id, step, None).await
}

async fn add_once(
    store: &Store,
    id: &str,
    step: &EnquiryStep,
    once: Option<&Once>,
) -> Recorded<&'static str> {
    let by = (&StaffId::from("zhou"), noon() + minutes(1));
    let decide = |found: Option<&Enquiry>| found.map(|_| step.clone()).ok_or("none");
    let added = store.record_enquiry(id, by, once, decide, told);
    added.await.unwrap()
}

async fn ids(store: &Store, about: NoteAbout) -> Vec<String> {
    let found = store.enquiries(&about).await.unwrap();
    found.into_iter().map(|found| found.enquiry.id).collect()
}

async fn steps_are_kept_in_order_with_who_and_when(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, &blank("e1", Some("1"), None)).await;
    add(&store, "e1", &look("1")).await;
    let answered = EnquiryStep::Answered {
        answer: EnquiryAnswer::Explained,
        text: "说\"明\"\n\u{1}".to_owned(),
        message: Some(3),
        act: None,
    };
    add(&store, "e1", &answered).await;
    let record = store.enquiry("e1").await.unwrap().unwrap();
    assert!(record.whole);
    let entries = record.enquiry.entries.iter();
    let entries: Vec<_> = entries
        .map(|entry| (entry.seq, entry.staff.as_str(), entry.at))
        .collect();
    let later = noon() + minutes(1);
    assert_eq!(
        entries,
        [(1, "wang", noon()), (2, "zhou", later), (3, "zhou", later)]
    );
    let steps = record.enquiry.entries.into_iter().map(|entry| entry.step);
    assert_eq!(steps.collect::<Vec<_>>(), [who("a"), look("1"), answered]);
    for id in ["e2", "", "\0"] {
        assert_eq!(store.enquiry(id).await.unwrap(), None);
        let nothing = add(&store, id, &who("b")).await;
        assert_eq!(nothing, Recorded::Refused("none"));
    }
}

async fn an_order_that_was_looked_up_has_the_enquiry_from_then_on(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, conversation("k1", None, noon())).await;
    begin(&store, &blank("e1", None, Some("k1"))).await;
    begin(&store, &blank("e2", Some("2"), None)).await;
    let (one, two) = (NoteAbout::Order("1".into()), NoteAbout::Order("2".into()));
    assert_eq!(ids(&store, one.clone()).await, [""; 0]);
    add(&store, "e1", &look("1")).await;
    assert_eq!(ids(&store, one.clone()).await, ["e1"]);
    // What it is about stays.
    add(&store, "e1", &look("2")).await;
    assert_eq!(ids(&store, one).await, ["e1"]);
    assert_eq!(ids(&store, two).await, ["e2"]);
    let asked = NoteAbout::Conversation("k1".into());
    assert_eq!(ids(&store, asked).await, ["e1"]);
}

async fn of_steps_at_once_none_takes_the_place_of_another(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, &blank("e1", Some("1"), None)).await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..8 {
        let store = store.clone();
        tasks.spawn(async move { add(&store, "e1", &who(&number.to_string())).await });
    }
    for added in tasks.join_all().await {
        assert!(matches!(added, Recorded::Done(_)), "{added:?}");
    }
    let record = store.enquiry("e1").await.unwrap().unwrap();
    assert!(record.whole);
    let numbers = record.enquiry.entries.iter().map(|entry| entry.seq);
    assert!(numbers.eq(1..=9));
}

async fn what_is_refused_leaves_nothing(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, &blank("e1", Some("1"), None)).await;
    let before = store.enquiry("e1").await.unwrap();
    let by = (&StaffId::from("wang"), noon());
    let no = |_: Option<&Enquiry>| Err("no");
    let refused = store.record_enquiry("e1", by, None, no, told);
    assert_eq!(refused.await.unwrap(), Recorded::Refused("no"));
    assert_eq!(store.enquiry("e1").await.unwrap(), before);
    assert_eq!(before.unwrap().enquiry.entries.len(), 1);
}

async fn a_step_sent_again_under_its_key_is_one_step(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, &blank("e1", Some("1"), None)).await;
    let once = |fingerprint: &str| Once {
        scope: "staff:zhou".to_owned(),
        key: "k".to_owned(),
        fingerprint: fingerprint.to_owned(),
        at: noon(),
    };
    let send = async |fingerprint: &str| {
        add_once(&store, "e1", &look("1"), Some(&once(fingerprint))).await
    };
    let Recorded::Done(first) = send("f").await else {
        panic!("it was not recorded");
    };
    assert_eq!(send("f").await, Recorded::Replayed(first));
    assert_eq!(send("g").await, Recorded::KeyReused);
    let record = store.enquiry("e1").await.unwrap().unwrap();
    assert_eq!(record.enquiry.entries.len(), 2);
}

async fn what_was_changed_taken_out_or_put_in_shows(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, conversation("k1", None, noon())).await;
    for (id, meddling) in [
        (
            "e1",
            "UPDATE enquiry_entries SET staff = 'li' WHERE enquiry = 'e1' AND seq = 2",
        ),
        (
            "e2",
            "UPDATE enquiry_entries SET at = at + 1 WHERE enquiry = 'e2' AND seq = 1",
        ),
        (
            "e3",
            "DELETE FROM enquiry_entries WHERE enquiry = 'e3' AND seq = 2",
        ),
        (
            "e4",
            "DELETE FROM enquiry_entries WHERE enquiry = 'e4' AND seq = 3",
        ),
        (
            "e5",
            "INSERT INTO enquiry_entries SELECT enquiry, 4, staff, at, detail, hash, hash FROM enquiry_entries \
             WHERE enquiry = 'e5' AND seq = 3",
        ),
        // What it is about, and where it was asked, is the record's too.
        ("e6", "UPDATE enquiries SET order_id = '2' WHERE id = 'e6'"),
        ("e7", "UPDATE enquiries SET shop = 'wanfu' WHERE id = 'e7'"),
        (
            "e8",
            "UPDATE enquiries SET conversation = 'k1' WHERE id = 'e8'",
        ),
    ] {
        begin(&store, &blank(id, Some("1"), None)).await;
        for step in [look("1"), who("b")] {
            add(&store, id, &step).await;
        }
        assert!(store.enquiry(id).await.unwrap().unwrap().whole);
        database.execute(meddling).await;
        let record = store.enquiry(id).await.unwrap().unwrap();
        assert!(!record.whole, "{meddling}");
    }
}

async fn whoever_listens_hears_of_a_step(database: &TestDatabase) {
    let store = store(database).await;
    let mut heard = store.desk_notices();
    begin(&store, &blank("e1", Some("1"), None)).await;
    let DeskNotice::News(news) = heard.recv().await.unwrap() else {
        panic!("missed");
    };
    let expected = DeskChange::Enquiry {
        order: Some("1".into()),
        conversation: None,
    };
    assert_eq!((news.shop.as_str(), news.change), ("tepai", expected));
}

async fn all_are_gone_through_by_id_and_those_of_an_order_alone(database: &TestDatabase) {
    let store = store(database).await;
    for (id, order) in [("e2", "1"), ("e1", "2"), ("e3", "1")] {
        begin(&store, &blank(id, Some(order), None)).await;
    }
    let first = store.enquiry_ids(None, 2).await.unwrap();
    assert_eq!(first, ["e1", "e2"]);
    assert_eq!(store.enquiry_ids(Some("e2"), 2).await.unwrap(), ["e3"]);
    let of_one = store.enquiry_ids_of(&"1".into()).await.unwrap();
    assert_eq!(of_one, ["e2", "e3"]);
    assert!(store.enquiry_ids_of(&"\0".into()).await.unwrap().is_empty());
}
