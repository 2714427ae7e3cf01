//! Language, and light or dark: chosen for this device.

use storefront::browser::Memory;
use storefront::words::Lang;

use crate::browser;

const LANGUAGE: &str = "tepai-staff-language";
const THEME: &str = "tepai-staff-theme";

/// The language of this visit, chosen as in the storefront.
pub fn choose_language() -> Lang {
    storefront::app::choose_language(LANGUAGE)
}

/// Light, dark, or as the device has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the device has it.
    Device,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order they follow each other.
    pub const ALL: [Self; 3] = [Self::Device, Self::Light, Self::Dark];

    /// Its name where it is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What was chosen on this device.
    pub fn chosen() -> Self {
        let kept = Memory::Device.get(THEME);
        let kept = kept.and_then(|kept| Self::ALL.into_iter().find(|theme| theme.code() == kept));
        kept.unwrap_or(Self::Device)
    }

    /// Shows the page so.
    pub fn show(self) {
        browser::show_theme(match self {
            Self::Device => None,
            Self::Light | Self::Dark => Some(self.code()),
        });
    }

    /// Shows the page so from now on.
    pub fn choose(self) {
        Memory::Device.set(THEME, self.code());
        self.show();
    }
}
