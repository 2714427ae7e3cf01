//! Fills an empty database with the demo shops' shoppers and orders.

use std::error::Error;
use std::io::Write;

use chrono::TimeDelta;
use orders_domain::{Enquiry, Instant, Order, ShopId, StaffId};
use orders_store::{
    Answer, Credentials, KeptEvidence, NoteAbout, NotificationId, OldNews, ReplyText, Shopper,
    StaffSecrets, Store, StoreError,
};
use orders_testkit::demo;

use crate::config::limits::NOTIFICATION_DAYS;
use crate::evidence::Files;
use crate::password::{Passwords, normal_login};
use crate::shops::Shops;

/// Orders written in one transaction.
const BATCH: usize = 50;
/// Of what a shopper was told, how many they have not read.
const UNREAD: usize = 4;
/// Since how many days the canned replies are as they are.
const REPLIES_AGE_DAYS: i64 = 20;

/// The shops whose orders the demo writes.
pub fn shops() -> Vec<ShopId> {
    demo::SHOPS.map(ShopId::from).to_vec()
}

/// Those of them that have a policy here.
pub fn shops_with_policy(all: &Shops) -> Vec<ShopId> {
    let mut shops = shops();
    shops.retain(|shop| all.policy(shop).is_some());
    shops
}

/// Whether the store was filled by the demo.
///
/// # Errors
/// When it cannot be read.
pub async fn is_in(store: &Store) -> Result<bool, StoreError> {
    for shopper in demo::shoppers() {
        if store.credentials_of(&shopper.id).await?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Fills the store if nothing is in it. Doing it again changes nothing.
///
/// # Errors
/// When the store, the files or the hashing of the passwords fails.
pub async fn fill(
    store: &Store,
    files: &Files,
    passwords: &Passwords,
    now: Instant,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    if !store.is_empty().await? {
        return Ok(());
    }
    // The files first: what cannot be kept leaves the store empty, so that another start can fill it.
    for photo in demo::photos() {
        let mut file = tempfile::tempfile()?;
        file.write_all(photo.file)?;
        let file = tokio::fs::File::from_std(file);
        files.keep(&photo.evidence.id, file).await?;
    }
    for shopper in demo::shoppers() {
        let credentials = Credentials {
            shopper: Shopper {
                id: shopper.id,
                display_name: shopper.display_name.to_owned(),
            },
            password_hash: passwords.hash(demo::PASSWORD.to_owned()).await?,
        };
        let logins: Vec<String> = shopper
            .logins
            .iter()
            .map(|login| normal_login(login))
            .collect();
        let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
        store.put_shopper(&credentials, &logins).await?;
    }
    for photo in demo::photos() {
        let kept = KeptEvidence {
            bytes: i64::try_from(photo.file.len())?,
            evidence: photo.evidence,
        };
        store.insert_evidence(&photo.shopper, &kept, now).await?;
    }
    let secrets = StaffSecrets {
        password_hash: passwords.hash(demo::STAFF_PASSWORD.to_owned()).await?,
        totp_secret: demo::STAFF_SECRET.to_owned(),
    };
    for staff in demo::staff() {
        // Who of that id was taken on before there was anything else stays who they are.
        store.add_staff(&staff, &secrets, now).await?;
    }
    let mut batch: Vec<Order> = Vec::with_capacity(BATCH);
    for order in demo::orders(now) {
        batch.push(order);
        if batch.len() == BATCH {
            insert(store, &mut batch).await?;
        }
    }
    insert(store, &mut batch).await?;
    fill_desk(store, now).await?;
    for orders in [demo::orders_of_lin(now), demo::orders_of_zhao(now)] {
        if let Some(first) = orders.first() {
            let news = news(&orders, now);
            store.insert_old_news(&first.shopper, &news, UNREAD).await?;
        }
    }
    store.settle().await?;
    Ok(())
}

/// What the staff have on their desk beside the orders: conversations, notes, canned replies, an enquiry.
async fn fill_desk(store: &Store, now: Instant) -> Result<(), StoreError> {
    let desk = demo::desk(now);
    for talk in &desk.talks {
        store
            .insert_conversation(&talk.conversation, &talk.said)
            .await?;
    }
    for note in desk.notes {
        let about = note.order.map(NoteAbout::Order);
        let about = about.or(note.conversation.map(NoteAbout::Conversation));
        if let Some(about) = about {
            let by = (&note.staff, note.text);
            let noted = store.add_note(&note.shop, &about, by, note.at, None, |_| nobody());
            noted.await?;
        }
    }
    let zhou = StaffId::from("zhou");
    for reply in demo::REPLIES {
        let text = ReplyText {
            shop: reply.shop.map(ShopId::from),
            code: reply.code.to_owned(),
            title: reply.title.to_owned(),
            zh_cn: Some(reply.zh.to_owned()),
            en: Some(reply.en.to_owned()),
        };
        let by = (&zhou, now - TimeDelta::days(REPLIES_AGE_DAYS));
        let added = store.add_reply(reply.id, &text, by, None, |_| nobody());
        added.await?;
    }
    for enquiry in desk.enquiries {
        let blank = Enquiry {
            entries: Vec::new(),
            ..enquiry.clone()
        };
        for entry in &enquiry.entries {
            let by = (&entry.staff, entry.at);
            let step = &entry.step;
            if entry.seq == 1 {
                let begun = store.begin_enquiry::<()>(&blank, by, step, None, |_| nobody());
                begun.await?;
            } else {
                let decide = |_: Option<&Enquiry>| Ok::<_, ()>(step.clone());
                let added = store.record_enquiry(&enquiry.id, by, None, decide, |_| nobody());
                added.await?;
            }
        }
    }
    Ok(())
}

/// The answer to something that nobody asked for.
fn nobody() -> Answer {
    Answer {
        status: 200,
        body: String::new(),
    }
}

async fn insert(store: &Store, batch: &mut Vec<Order>) -> Result<(), StoreError> {
    store.insert_orders(batch).await?;
    batch.clear();
    Ok(())
}

/// What the shopper would have been told about these orders, oldest first.
fn news(orders: &[Order], now: Instant) -> Vec<OldNews> {
    let kept = now - TimeDelta::days(NOTIFICATION_DAYS);
    let mut news: Vec<OldNews> = orders
        .iter()
        .flat_map(|order| {
            // Each entry was a change of its own, as far as anybody can tell by now.
            let told = (0..order.timeline.len()).flat_map(|place| order.told(place..place + 1));
            told.map(|place| OldNews {
                id: NotificationId::Event {
                    order: order.id.clone(),
                    place,
                },
                at: order.timeline[place].at,
            })
        })
        .filter(|news| news.at >= kept)
        .collect();
    news.sort_by_key(|news| news.at);
    news
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use futures_util::TryStreamExt;
    use orders_domain::ConversationState;
    use orders_store::testing::TestDatabase;
    use orders_testkit::usual_now;

    use super::*;
    use crate::evidence::Bytes;

    #[tokio::test]
    async fn the_photos_of_the_demos_cases_can_be_looked_at() {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::open(&folder.path().display().to_string()).expect("files");
        let passwords = Passwords::new().expect("passwords");
        fill(&store, &files, &passwords, usual_now())
            .await
            .expect("a demo");
        for photo in demo::photos() {
            let id = &photo.evidence.id;
            let kept = store.evidence_for_shop(id).await.expect("an answer");
            let kept = kept.expect("a case has it");
            let bytes = u64::try_from(kept.bytes).expect("a length");
            let parts = files.read(id, 0..bytes).await.expect("a file");
            let read: Vec<Bytes> = parts.try_collect().await.expect("its bytes");
            assert!(read.concat() == photo.file, "{id}");
        }
    }

    #[tokio::test]
    async fn a_demo_whose_files_cannot_be_kept_is_filled_by_another_start() {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("evidence");
        let files = Files::open(&place.display().to_string()).expect("files");
        let passwords = Passwords::new().expect("passwords");
        std::fs::remove_dir(&place).expect("the folder");
        std::fs::write(&place, "in the way").expect("a file");
        assert!(fill(&store, &files, &passwords, usual_now()).await.is_err());
        std::fs::remove_file(&place).expect("the file");
        fill(&store, &files, &passwords, usual_now())
            .await
            .expect("a demo");
        let order = demo::orders(usual_now()).next().expect("an order");
        let order = store.order_by_id(&order.id).await.expect("an answer");
        assert!(order.is_some());
    }

    #[tokio::test]
    async fn the_demos_desk_has_conversations_notes_replies_and_an_enquiry() {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        fill_store(&store).await;
        let zhao = orders_domain::ShopperId::from("shopper_zhao");
        let talks = store.conversations_of(&zhao, None, 10).await;
        let talks = talks.expect("conversations").items;
        assert_eq!(talks.len(), 4);
        for talk in &talks {
            let said = store.messages(&talk.id, 0, 100).await.expect("messages");
            let last = said.last().map(|message| message.seq);
            assert_eq!(last, Some(talk.last_seq), "{}", talk.id);
        }
        let over = &talks[3];
        assert_eq!(
            (over.state, over.rating),
            (ConversationState::Closed, Some(5))
        );
        let asked = NoteAbout::Conversation(over.id.clone());
        let records = store.enquiries(&asked).await.expect("enquiries");
        assert!(records.len() == 1 && records[0].whole && records[0].enquiry.is_over());
        let replies = store.replies(&[], false).await.expect("replies");
        assert_eq!(replies.len(), demo::REPLIES.len());
        let told = store.outbox_after(0, 10).await.expect("an outbox");
        assert_eq!(told, [], "the shop has nothing to do about a demo");
    }

    async fn fill_store(store: &Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::open(&folder.path().display().to_string()).expect("files");
        let passwords = Passwords::new().expect("passwords");
        let filled = fill(store, &files, &passwords, usual_now());
        filled.await.expect("a demo");
    }

    #[tokio::test]
    async fn the_demo_has_believable_news_and_no_mail_is_sent_about_them() {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        let passwords = Passwords::new().expect("passwords");
        let folder = tempfile::tempdir().expect("a folder");
        let files =
            Files::open(&folder.path().join("evidence").display().to_string()).expect("files");
        fill(&store, &files, &passwords, usual_now())
            .await
            .expect("a demo");
        let lin = "shopper_lin".into();
        let page = store.notifications(&lin, None, 100).await;
        let page = page.expect("notifications");
        assert!(page.items.len() >= 10, "{}", page.items.len());
        assert_eq!(page.unread, 4);
        let entries: Vec<_> = page
            .items
            .iter()
            .filter_map(orders_store::Notification::entry)
            .collect();
        assert!(entries.is_sorted_by(|a, b| a.at >= b.at));
        let kinds: HashSet<_> = entries.iter().map(|entry| entry.what).collect();
        assert!(kinds.len() >= 4, "{kinds:?}");
        let waiting = store.waiting_mails().await.expect("a count");
        assert_eq!(waiting, 0);
    }
}
