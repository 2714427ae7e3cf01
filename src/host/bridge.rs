//! The bridge to the host app: what each side says, carried out on the other.

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use leptos::task::spawn_local;

use crate::browser::{self, HostPort, Listener, Memory};
use crate::features::orders::OrdersMemory;
use crate::features::session::SessionState;
use crate::paths::{self, OrdersQuery, Page};
use crate::router::{Router, use_router};
use crate::shell::{Live, use_live};
use crate::words::{Lang, use_lang};

use super::data;
use super::message::{Ability, Heard, Hello, Said};
use super::trail::{Back, Trail};
use super::{Host, use_host};

/// How long the host has to answer before the shopper is asked.
const HOST_ANSWERS_WITHIN_MS: i32 = 10_000;
/// A session that ends again so soon after a hand-off does not hold: the shopper is asked, instead of the host for ever.
const HOLDS_AT_LEAST_MS: f64 = 30_000.0;
/// The host's language that the page took over last.
const LOCALE: &str = "tepai-host-locale";

/// Stands as long as the app does; shows nothing.
#[component]
pub fn HostBridge() -> impl IntoView {
    if let (Some(host), Some(owner)) = (use_host(), Owner::current()) {
        let bridge = Bridge {
            lang: use_lang(),
            host,
            session: expect_context::<SessionState>(),
            router: use_router(),
            live: use_live(),
            lists: use_context::<OrdersMemory>(),
            port: StoredValue::new_local(None),
            links: StoredValue::new_local(None),
            abilities: StoredValue::new(Vec::new()),
            trail: StoredValue::new(Trail::default()),
            asked: StoredValue::new(None),
            handed_off: StoredValue::new(0.0),
        };
        spawn_local(async move {
            let origins = if browser::host_is_a_page() {
                data::hosts(bridge.lang).await
            } else {
                Vec::new()
            };
            owner.with(|| bridge.open(origins));
        });
    }
}

/// A question to the host that has no answer yet.
#[derive(Clone, PartialEq, Eq)]
struct Asked {
    id: String,
    /// Gone once it is being used.
    secret: Option<String>,
}

#[derive(Clone, Copy)]
struct Bridge {
    lang: Lang,
    host: Host,
    session: SessionState,
    router: Router,
    live: Option<Live>,
    lists: Option<OrdersMemory>,
    port: StoredValue<Option<HostPort>, LocalStorage>,
    links: StoredValue<Option<Listener>, LocalStorage>,
    /// What the host can do.
    abilities: StoredValue<Vec<Ability>>,
    trail: StoredValue<Trail>,
    asked: StoredValue<Option<Asked>>,
    /// When the last hand-off was.
    handed_off: StoredValue<f64>,
}

impl Bridge {
    fn open(self, origins: Vec<String>) {
        let Some(port) = HostPort::open(origins, move |text| self.hear(&text)) else {
            return;
        };
        self.port.set_value(Some(port));
        self.host
            .say
            .set_value(Some(Callback::new(move |said| self.say(said))));
        self.say(Said::Ready);
        browser::follow_title(move |title| self.say(Said::Title(title)));
        self.links
            .set_value(browser::on_any_link(move |named, address| {
                self.open_link(named, address)
            }));
        self.follow();
    }

    fn say(self, said: Said) {
        self.port.with_value(|port| {
            if let Some(port) = port {
                port.say(&said.print());
            }
        });
    }

    /// Tells where the shopper is, and asks the host to log in when somebody has to.
    fn follow(self) {
        Effect::new(move |_| {
            let page = self.router.page.get();
            let expired = self.session.expired.get();
            self.trail.update_value(|trail| trail.visit(page.clone()));
            let back = expired
                || matches!(
                    page,
                    Page::Order {
                        cancelling: true,
                        ..
                    }
                )
                || self.trail.with_value(Trail::back) != Back::Out;
            let (kind, order) = match page {
                Page::Orders(_) => ("orders", None),
                Page::Order { id, .. } => ("order", Some(id)),
                Page::Refund { .. } => ("refund", None),
                Page::AfterSale { id, .. } => ("after_sale", Some(id)),
                Page::Case { .. } => ("case", None),
                Page::Complain { id, .. } => ("complain", Some(id)),
                Page::Complaint { .. } => ("complaint", None),
                Page::Notifications => ("notifications", None),
                Page::Support { .. } => ("support", None),
                Page::Conversation { .. } => ("conversation", None),
                Page::Help(_) | Page::HelpArticle { .. } | Page::Policy { .. } => ("help", None),
                Page::LogIn { .. } => ("login", None),
                Page::Guest { .. } => ("guest", None),
                Page::NotFound => ("not_found", None),
            };
            self.say(Said::Navigated {
                page: kind,
                order,
                back,
            });
        });
        Effect::new(move |_| {
            let waits = self.session.expired.get() || self.was_sent_to_log_in();
            if waits && self.host.logs_in.get() {
                self.ask();
            }
        });
        Effect::new(move |before: Option<u32>| {
            let renewed = self.session.renewed.get();
            if before.is_some_and(|before| before != renewed) {
                self.host.logs_in.set(self.can(Ability::LogIn));
            }
            renewed
        });
    }

    /// Whether the log-in page is open because a page needed it; whoever logged out wants to stay so.
    fn was_sent_to_log_in(self) -> bool {
        self.router
            .page
            .with(|page| matches!(page, Page::LogIn { .. }))
            && browser::query_parameter("next").is_some()
    }

    fn can(self, what: Ability) -> bool {
        self.abilities.with_value(|known| known.contains(&what))
    }

    fn hear(self, text: &str) {
        match Heard::read(text) {
            Some(Heard::Hello(hello)) => self.greet(hello),
            Some(Heard::LogInCode { id, code }) => self.hand_off(id.as_deref(), code),
            Some(Heard::LogInDeclined { id }) => self.give_up(id.as_deref()),
            Some(Heard::Back { id }) => {
                let handled = self.back();
                self.say(Said::BackHandled { id, handled });
                if !handled {
                    self.say(Said::Close);
                }
            }
            Some(Heard::Resumed) => {
                if let Some(live) = self.live {
                    live.resume(self.session);
                }
            }
            None => {}
        }
    }

    fn greet(self, hello: Hello) {
        if let Some(theme) = hello.theme {
            let own = matches!(theme.as_str(), "light" | "dark").then_some(theme);
            browser::set_root_attribute("data-theme", own.as_deref());
        }
        if let Some(percent) = hello.text_percent {
            let value = percent.to_string() + "%";
            browser::set_root_property("--text-size", Some(&value));
        }
        let names = ["--safe-top", "--safe-right", "--safe-bottom", "--safe-left"];
        for (name, inset) in names.into_iter().zip(hello.safe_area) {
            if let Some(inset) = inset {
                let value = inset.to_string() + "px";
                browser::set_root_property(name, Some(&value));
            }
        }
        self.abilities.set_value(hello.abilities);
        // Whoever is logging in by hand already is not interrupted.
        let by_hand = self.session.expired.get_untracked() && !self.host.logs_in.get_untracked();
        self.host.logs_in.set(self.can(Ability::LogIn) && !by_hand);
        if let Some(locale) = hello.locale {
            self.speak(&locale);
        }
    }

    /// Takes over the host's language; not a second time, when the shopper has chosen another since.
    fn speak(self, locale: &str) {
        let Some(lang) = Lang::from_tag(locale) else {
            return;
        };
        let before = Memory::Tab.get(LOCALE);
        Memory::Tab.set(LOCALE, lang.tag());
        if lang != self.lang && before.as_deref() != Some(lang.tag()) {
            browser::load(&paths::in_language(&browser::query(), lang.tag()));
        }
    }

    fn ask(self) {
        if self.asked.with_value(Option::is_some) {
            return;
        }
        if browser::now_ms() - self.handed_off.get_value() < HOLDS_AT_LEAST_MS {
            self.host.logs_in.set(false);
            return;
        }
        let (id, secret) = (browser::new_key(), browser::new_key() + &browser::new_key());
        self.asked.set_value(Some(Asked {
            id: id.clone(),
            secret: Some(secret.clone()),
        }));
        spawn_local(async move {
            match browser::binding_of(&secret).await {
                Some(binding) => {
                    let asked = id.clone();
                    browser::after(HOST_ANSWERS_WITHIN_MS, move || self.give_up(Some(&asked)));
                    self.say(Said::NeedLogin { id, binding });
                }
                None => self.give_up(Some(&id)),
            }
        });
    }

    /// Whether the open question is the one of this id, or of any, and waits.
    fn waits_for(self, id: Option<&str>) -> bool {
        self.asked.with_value(|asked| {
            asked
                .as_ref()
                .is_some_and(|asked| asked.secret.is_some() && id.is_none_or(|id| id == asked.id))
        })
    }

    /// The host does not log in, this time: the shopper is asked.
    fn give_up(self, id: Option<&str>) {
        if self.waits_for(id) {
            self.asked.set_value(None);
            self.host.logs_in.set(false);
        }
    }

    fn hand_off(self, id: Option<&str>, code: String) {
        if !self.waits_for(id) {
            return;
        }
        let secret = self
            .asked
            .try_update_value(|asked| asked.as_mut()?.secret.take())
            .flatten();
        let Some(secret) = secret else { return };
        spawn_local(async move {
            let done = self.session.hand_off(code, secret).await;
            self.asked.set_value(None);
            self.handed_off.set_value(browser::now_ms());
            if !done {
                self.host.logs_in.set(false);
            }
        });
    }

    /// What is open above the page is closed first, then the page leads to the list. False when there is
    /// nothing left to go back from.
    fn back(self) -> bool {
        if browser::close_topmost() {
            return true;
        }
        match self.trail.with_value(Trail::back) {
            Back::Step => browser::go_back(),
            Back::ToList => {
                let list = self.lists.and_then(OrdersMemory::last_href);
                let list = list.map_or(Page::Orders(OrdersQuery::default()), |href| {
                    Page::of_url(&href)
                });
                self.router.replace(&list);
            }
            Back::Out => return false,
        }
        true
    }

    fn open_link(self, named: Option<&str>, address: &str) -> bool {
        let Some(with) = Ability::of_link(named, address).filter(|with| self.can(*with)) else {
            return false;
        };
        let order = self.router.page.with_untracked(|page| match page {
            Page::Order { id, .. } | Page::AfterSale { id, .. } | Page::Complain { id, .. } => {
                Some(id.clone())
            }
            Page::Orders(_)
            | Page::Refund { .. }
            | Page::Case { .. }
            | Page::Complaint { .. }
            | Page::Notifications
            | Page::Support { .. }
            | Page::Conversation { .. }
            | Page::Help(_)
            | Page::HelpArticle { .. }
            | Page::Policy { .. }
            | Page::LogIn { .. }
            | Page::Guest { .. }
            | Page::NotFound => None,
        });
        self.say(Said::Open {
            with,
            target: address.to_owned(),
            order,
        });
        true
    }
}
