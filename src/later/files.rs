//! Which code is in which file. What only these functions reach leaves the first file for theirs.
#![cfg_attr(
    feature = "split",
    allow(
        unsafe_code,
        improper_ctypes,
        improper_ctypes_definitions,
        reason = "written by the splitting tool's macro; both sides are compiled together"
    )
)]

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

use crate::features::after_sale::AfterSalePage;
use crate::features::complaint::CasePages;
use crate::features::help::HelpPages;
use crate::features::notifications::NotificationsPage;
use crate::features::order::OrderPage;
use crate::features::refund::RefundPage;
use crate::features::session::{LogInDialog, LogInPages};
use crate::features::talk::TalkPages;
use crate::host::HostBridge;

/// Draws a page.
pub(super) type Draw = fn() -> AnyView;
/// A page's code on its way.
pub(super) type Coming = Pin<Box<dyn Future<Output = Result<Draw, Missing>>>>;

/// The file with the code did not arrive.
#[derive(Debug)]
pub(super) struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Each function becomes asynchronous: the split one by the tool, the others for the same callers.
macro_rules! files {
    ($($file:ident { $($name:ident => $page:expr),+ $(,)? })+) => {$($(
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($file, fallible)]
        pub(super) fn $name() -> Result<Draw, Missing> {
            Ok(|| $page.into_any())
        }

        #[cfg(not(feature = "split"))]
        pub(super) async fn $name() -> Result<Draw, Missing> {
            Ok(|| $page.into_any())
        }
    )+)+};
}

files! {
    order {
        order_page => view! { <OrderPage/> },
    }
    refund {
        refund_page => view! { <RefundPage/> },
    }
    after_sale {
        after_sale_page => view! { <AfterSalePage/> },
    }
    // A case, a complaint and a conversation have most in common; a file of its own would take a kilobyte of the first visit, for the
    // names of the files that it shares with the others.
    case {
        case_pages => view! { <CasePages/> },
        talk_pages => view! { <TalkPages/> },
    }
    notifications {
        notifications_page => view! { <NotificationsPage/> },
    }
    help {
        help_page => view! { <HelpPages/> },
    }
    host {
        host_bridge => view! { <HostBridge/> },
    }
    log_in {
        log_in_page => view! { <LogInPages/> },
        log_in_dialog => view! { <LogInDialog/> },
    }
}
