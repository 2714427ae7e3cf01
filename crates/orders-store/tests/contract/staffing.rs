//! The staff, what they log in with, and their sessions.

use chrono::{Duration, TimeDelta};
use orders_domain::{Instant, Role, StaffMember};
use orders_store::testing::TestDatabase;
use orders_store::{StaffChanges, StaffSecrets, StaffTerm, Store, StoreError};

use crate::on_both_databases;
use crate::orders::{minutes, noon};

on_both_databases!(
    somebody_of_the_staff_is_found_by_their_id_in_any_case,
    an_id_is_given_out_once,
    a_code_is_used_once_and_none_before_it,
    of_two_who_use_a_code_at_the_same_moment_one_gets_in,
    a_session_ends_when_it_is_not_used,
    a_session_in_use_ends_all_the_same_in_the_end,
    disabling_somebody_ends_all_their_sessions,
    a_reset_lets_them_in_again_with_the_new_secrets_alone,
    a_session_of_the_staff_ends_when_told_to_and_is_swept_away,
    what_is_changed_of_somebody_ends_their_sessions_and_the_rest_stays,
    a_damaged_list_of_shops_opens_nothing,
);

const TERM: StaffTerm = StaffTerm {
    idle: TimeDelta::minutes(20),
    longest: TimeDelta::hours(10),
};

pub fn wang() -> StaffMember {
    StaffMember {
        id: "wang".into(),
        name: "王静".to_owned(),
        role: Role::Agent,
        shops: vec!["tepai".into()],
    }
}

pub fn secrets(n: u8) -> StaffSecrets {
    StaffSecrets {
        password_hash: format!("$argon2id${n}"),
        totp_secret: format!("SECRET{n}"),
    }
}

async fn with_wang(database: &TestDatabase) -> Store {
    let store = database.store().await;
    let added = store.add_staff(&wang(), &secrets(1), noon()).await;
    assert!(added.unwrap());
    store
}

async fn begin(store: &Store, step: i64, hash: &str) -> bool {
    begin_with(store, 1, step, hash).await
}

async fn begin_with(store: &Store, n: u8, step: i64, hash: &str) -> bool {
    let (id, secrets) = (wang().id, secrets(n));
    let begun = store.begin_staff_session(&id, &secrets, step, hash, noon(), TERM);
    begun.await.unwrap()
}

async fn lives(store: &Store, hash: &str, at: Instant) -> bool {
    let found = store.staff_session(hash, at, TERM.idle).await.unwrap();
    if let Some(found) = &found {
        assert_eq!(found, &wang());
    }
    found.is_some()
}

async fn somebody_of_the_staff_is_found_by_their_id_in_any_case(database: &TestDatabase) {
    let store = with_wang(database).await;
    for login in ["wang", " WANG "] {
        let found = store.staff_by_login(login).await.unwrap();
        assert_eq!(found, Some((wang(), secrets(1))), "{login}");
    }
    for login in ["", "li", "%", "wang' --", "\0"] {
        assert_eq!(store.staff_by_login(login).await.unwrap(), None, "{login}");
    }
    let all = store.staff().await.unwrap();
    assert_eq!((&all[0].member, all.len()), (&wang(), 1));
    assert_eq!((all[0].created_at, all[0].disabled_at), (noon(), None));
    let shown = format!("{:?}", secrets(1));
    assert!(!shown.contains("argon2id") && !shown.contains("SECRET"));
}

async fn an_id_is_given_out_once(database: &TestDatabase) {
    let store = with_wang(database).await;
    assert!(store.disable_staff(&wang().id, noon()).await.unwrap());
    let again = store.add_staff(&wang(), &secrets(2), noon()).await;
    assert!(!again.unwrap(), "nothing to do with others being faster");
    assert_eq!(store.staff().await.unwrap().len(), 1);
    assert_eq!(store.staff_by_login("wang").await.unwrap(), None);
    assert!(!store.disable_staff(&"li".into(), noon()).await.unwrap());
    let reset = store.reset_staff(&"li".into(), &secrets(2)).await;
    assert!(!reset.unwrap());
}

async fn a_code_is_used_once_and_none_before_it(database: &TestDatabase) {
    let store = with_wang(database).await;
    assert!(begin(&store, 100, "a").await);
    assert!(!begin(&store, 100, "b").await);
    assert!(!begin(&store, 99, "c").await);
    assert!(begin(&store, 101, "d").await);
    for (hash, expected) in [("a", true), ("b", false), ("c", false), ("d", true)] {
        assert_eq!(lives(&store, hash, noon()).await, expected, "{hash}");
    }
}

async fn of_two_who_use_a_code_at_the_same_moment_one_gets_in(database: &TestDatabase) {
    let store = with_wang(database).await;
    let mut tries = tokio::task::JoinSet::new();
    for n in 0..8 {
        let store = store.clone();
        tries.spawn(async move { begin(&store, 100, &n.to_string()).await });
    }
    let begun = tries.join_all().await;
    assert_eq!(begun.iter().filter(|begun| **begun).count(), 1);
}

async fn a_session_ends_when_it_is_not_used(database: &TestDatabase) {
    let store = with_wang(database).await;
    assert!(begin(&store, 1, "a").await);
    assert!(lives(&store, "a", noon() + minutes(19)).await);
    // From there on, twenty minutes more.
    assert!(lives(&store, "a", noon() + minutes(38)).await);
    assert!(!lives(&store, "a", noon() + minutes(58)).await);
    assert!(!lives(&store, "other", noon()).await);
    assert!(!lives(&store, "\0", noon()).await);
}

async fn a_session_in_use_ends_all_the_same_in_the_end(database: &TestDatabase) {
    let store = with_wang(database).await;
    assert!(begin(&store, 1, "a").await);
    let end = noon() + TERM.longest;
    let mut at = noon();
    while at < end {
        assert!(lives(&store, "a", at).await, "{at}");
        at += minutes(15);
    }
    assert!(lives(&store, "a", end - Duration::seconds(1)).await);
    assert!(!lives(&store, "a", end).await);
}

async fn disabling_somebody_ends_all_their_sessions(database: &TestDatabase) {
    let store = with_wang(database).await;
    assert!(begin(&store, 1, "a").await && begin(&store, 2, "b").await);
    assert!(store.disable_staff(&wang().id, noon()).await.unwrap());
    assert!(!lives(&store, "a", noon()).await && !lives(&store, "b", noon()).await);
    assert_eq!(store.staff_by_login("wang").await.unwrap(), None);
    assert!(!begin(&store, 3, "c").await);
    // Since when stays what it was.
    let later = noon() + minutes(1);
    assert!(store.disable_staff(&wang().id, later).await.unwrap());
    assert_eq!(store.staff().await.unwrap()[0].disabled_at, Some(noon()));
}

async fn a_reset_lets_them_in_again_with_the_new_secrets_alone(database: &TestDatabase) {
    let store = with_wang(database).await;
    assert!(begin(&store, 7, "a").await);
    store.disable_staff(&wang().id, noon()).await.unwrap();
    assert!(store.reset_staff(&wang().id, &secrets(2)).await.unwrap());
    assert!(!lives(&store, "a", noon()).await);
    // Somebody who had read the old secrets before.
    assert!(!begin_with(&store, 1, 8, "b").await);
    assert!(begin_with(&store, 2, 1, "c").await);
    // A reset of somebody who is logged in logs them out.
    assert!(store.reset_staff(&wang().id, &secrets(3)).await.unwrap());
    assert!(!lives(&store, "c", noon()).await);
}

async fn a_session_of_the_staff_ends_when_told_to_and_is_swept_away(database: &TestDatabase) {
    let store = with_wang(database).await;
    assert!(begin(&store, 1, "a").await && begin(&store, 2, "b").await);
    for _ in 0..2 {
        store.end_staff_session("a").await.unwrap();
        assert!(!lives(&store, "a", noon()).await);
    }
    let before = noon() + minutes(19);
    assert_eq!(store.prune_staff_sessions(before).await.unwrap(), 0);
    let over = noon() + minutes(20);
    assert_eq!(store.prune_staff_sessions(over).await.unwrap(), 1);
}

async fn what_is_changed_of_somebody_ends_their_sessions_and_the_rest_stays(
    database: &TestDatabase,
) {
    let store = with_wang(database).await;
    assert!(begin(&store, 1, "a").await);
    let role = StaffChanges {
        role: Some(Role::Supervisor),
        ..StaffChanges::default()
    };
    assert!(store.change_staff(&wang().id, &role).await.unwrap());
    assert!(!lives(&store, "a", noon()).await);
    let rest = StaffChanges {
        name: Some("王小静".to_owned()),
        role: None,
        shops: Some(Vec::new()),
    };
    assert!(store.change_staff(&wang().id, &rest).await.unwrap());
    let expected = StaffMember {
        id: wang().id,
        name: "王小静".to_owned(),
        role: Role::Supervisor,
        shops: Vec::new(),
    };
    let found = store.staff_by_login("wang").await.unwrap();
    assert_eq!(found, Some((expected, secrets(1))));
    assert!(!store.change_staff(&"li".into(), &role).await.unwrap());
}

async fn a_damaged_list_of_shops_opens_nothing(database: &TestDatabase) {
    let store = with_wang(database).await;
    assert!(begin(&store, 1, "a").await);
    database.execute("UPDATE staff SET shops = 'tepai'").await;
    let found = store.staff_session("a", noon(), TERM.idle).await;
    assert!(matches!(found, Err(StoreError::Corrupt(_))));
}
