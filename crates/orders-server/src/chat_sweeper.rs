//! What becomes of conversations while nobody does anything: words that nobody answers are work again, what somebody has who
//! was disabled is nobody's, and what the closing time finds in the queue is promised an answer.

use orders_domain::{
    ChatRules, Conversation, ConversationId, ConversationMove, ConversationState, Message, Moved,
    ShopId,
};
use orders_store::{Answer, Conversed, StoreError, Whose};

use crate::state::App;

/// Moves all that is due, at most `batch` at a time, and says how many that were.
///
/// # Errors
/// When the store fails; what was done before that stays done.
pub async fn sweep(app: &App, batch: u32) -> Result<usize, StoreError> {
    let mut swept = 0;
    let (store, clock) = (&app.store, &app.clock);
    loop {
        let mut moved = 0;
        for id in store.conversations_unanswered(clock.now(), batch).await? {
            moved += time_over(app, &id).await;
        }
        for (id, staff) in store.conversations_of_disabled(batch).await? {
            let back = ConversationMove::HandBack(None);
            let decide = |found: &Conversation| {
                // It may have been given to somebody else by now.
                let has = found.staff.as_ref() == Some(&staff);
                let served = found.state == ConversationState::Served && has;
                let rules = rules(app, found).filter(|_| served)?;
                found.make(&back, rules).ok()
            };
            moved += make(app, &id, decide).await;
        }
        for shop in shut(app) {
            for id in store.conversations_unpromised(&shop, batch).await? {
                moved += time_over(app, &id).await;
            }
        }
        swept += moved;
        // A batch in which nothing could be moved would come again for ever.
        if moved == 0 {
            return Ok(swept);
        }
    }
}

/// The shops whose chat is shut: who waits while somebody is there needs no promise.
fn shut(app: &App) -> Vec<ShopId> {
    let (calendar, now) = (&app.shops.calendar, app.clock.now());
    let policies = app.shops.policies();
    let shut = policies.filter(|policy| policy.chat_is_open(calendar, now) == Some(false));
    shut.map(|policy| policy.shop.clone()).collect()
}

/// `None` when the shop has no policy any more.
fn rules<'a>(app: &'a App, conversation: &Conversation) -> Option<ChatRules<'a>> {
    Some(ChatRules {
        policy: app.shops.policy(&conversation.shop)?,
        calendar: &app.shops.calendar,
        now: app.clock.now(),
    })
}

async fn time_over(app: &App, id: &ConversationId) -> usize {
    let decide = |found: &Conversation| found.time_over(rules(app, found)?);
    make(app, id, decide).await
}

/// Moves a conversation as `decide` says, and says how many that were.
async fn make(
    app: &App,
    id: &ConversationId,
    decide: impl Fn(&Conversation) -> Option<Moved> + Send + Sync,
) -> usize {
    let decide = |found: Option<&Conversation>| found.and_then(&decide).ok_or(());
    // Nobody asked.
    let answer = |_: &Conversation, _: Option<&Message>| Answer {
        status: 204,
        body: String::new(),
    };
    let now = app.clock.now();
    let done = app
        .store
        .converse(Whose::Any(id), None, None, now, decide, answer);
    match done.await {
        Ok(Conversed::Done { .. }) => 1,
        Ok(_) => 0,
        // One conversation must not keep the others from their time.
        Err(error) => {
            tracing::error!(conversation = %id, %error, "cannot move a conversation whose time has come");
            0
        }
    }
}
