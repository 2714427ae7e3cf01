//! Notes are added one after the other, none in the place of another.

use orders_store::testing::TestDatabase;
use orders_store::{Answer, DeskChange, DeskNotice, Note, NoteAbout, Store};

use crate::on_both_databases;
use crate::orders::noon;

on_both_databases!(
    notes_are_numbered_in_the_order_in_which_they_came,
    of_notes_at_once_none_takes_the_place_of_another,
);

fn quiet(_: &Note) -> Answer {
    Answer {
        status: 201,
        body: String::new(),
    }
}

async fn note(store: &Store, about: &NoteAbout, text: &str) {
    let (shop, wang) = ("tepai".into(), "wang".into());
    let noted = store.add_note(&shop, about, (&wang, text), noon(), None, quiet);
    noted.await.unwrap();
}

async fn texts(store: &Store, about: &NoteAbout) -> Vec<(i64, String)> {
    let notes = store.notes(about, 0, 100).await.unwrap();
    notes
        .into_iter()
        .map(|note| (note.seq, note.text))
        .collect()
}

async fn notes_are_numbered_in_the_order_in_which_they_came(database: &TestDatabase) {
    let store = database.store().await;
    let mut heard = store.desk_notices();
    let (order, conversation) = (
        NoteAbout::Order("1".into()),
        NoteAbout::Conversation("1".into()),
    );
    for (about, text) in [(&order, "a"), (&conversation, "b"), (&order, "c\0")] {
        note(&store, about, text).await;
        let DeskNotice::News(news) = heard.recv().await.unwrap() else {
            panic!("missed");
        };
        let about = about.clone();
        assert_eq!(news.change, DeskChange::Note { about });
    }
    let expected = [(1, "a".to_owned()), (2, "c\u{fffd}".to_owned())];
    assert_eq!(texts(&store, &order).await, expected);
    assert_eq!(texts(&store, &conversation).await, [(1, "b".to_owned())]);
    let rest = store.notes(&order, 1, 100).await.unwrap();
    assert_eq!(rest.len(), 1);
}

async fn of_notes_at_once_none_takes_the_place_of_another(database: &TestDatabase) {
    let store = database.store().await;
    let about = NoteAbout::Order("1".into());
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..8 {
        let (store, about) = (store.clone(), about.clone());
        tasks.spawn(async move {
            let text = number.to_string();
            note(&store, &about, &text).await;
            text
        });
    }
    let mut said: Vec<String> = Vec::new();
    while let Some(noted) = tasks.join_next().await {
        said.push(noted.unwrap());
    }
    let notes = texts(&store, &about).await;
    let numbers: Vec<_> = notes.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    let mut kept: Vec<_> = notes.into_iter().map(|(_, text)| text).collect();
    kept.sort_unstable();
    said.sort_unstable();
    assert_eq!(kept, said, "what was answered is there");
}
