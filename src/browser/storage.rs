//! What the device remembers: for good (language) or for this tab (an unanswered cancel).
//! A browser that forbids storage is one that forgets.

use web_sys::Storage;

use super::window;

/// Where to remember.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Until it is removed.
    Device,
    /// Until the tab is closed; survives a reload.
    Tab,
}

impl Memory {
    fn storage(self) -> Option<Storage> {
        let window = window()?;
        match self {
            Self::Device => window.local_storage(),
            Self::Tab => window.session_storage(),
        }
        .ok()
        .flatten()
    }

    /// What was remembered under `name`.
    pub fn get(self, name: &str) -> Option<String> {
        self.storage()?.get_item(name).ok().flatten()
    }

    /// Remembers `value` under `name`.
    pub fn set(self, name: &str, value: &str) {
        if let Some(storage) = self.storage() {
            let _forgets = storage.set_item(name, value);
        }
    }

    /// Forgets everything but what was remembered under `name`.
    pub fn forget_all_but(self, name: &str) {
        let kept = self.get(name);
        if let Some(storage) = self.storage() {
            let _forgets = storage.clear();
        }
        if let Some(kept) = kept {
            self.set(name, &kept);
        }
    }

    /// Forgets what was remembered under `name`.
    pub fn remove(self, name: &str) {
        if let Some(storage) = self.storage() {
            let _forgets = storage.remove_item(name);
        }
    }
}
