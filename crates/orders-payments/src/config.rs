//! The payments file: which merchant accounts there are, and which shop refunds which channel through which of them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use orders_domain::{Channel, ProviderId, ShopId};
use serde::Deserialize;

use crate::{Alipay, Provider, Providers, Sandbox, WechatPay};

/// What the payments file says.
#[derive(Debug, Default)]
pub struct Payments {
    /// The accounts.
    pub providers: Providers,
    /// By which account Tepai makes the refunds of a shop's channel. What is not named, the shop makes itself.
    pub routes: BTreeMap<(ShopId, Channel), ProviderId>,
}

/// What is wrong with a payments file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: String,
    /// What is wrong, and with which key.
    pub reason: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.reason)
    }
}

impl std::error::Error for ConfigError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    providers: BTreeMap<String, Account>,
    #[serde(default)]
    shops: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Account {
    WechatPay(WechatPayAccount),
    Alipay(AlipayAccount),
    Sandbox(SandboxAccount),
}

/// A merchant account at WeChat Pay. Keys are files, named from where the payments file is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WechatPayAccount {
    /// Where its API is; without a path.
    #[serde(default = "wechat_pay_url")]
    pub(crate) url: String,
    /// The merchant's number (mchid).
    pub(crate) merchant: String,
    /// The serial number of the merchant's API certificate.
    pub(crate) certificate_serial: String,
    /// The merchant's private key.
    pub(crate) private_key: PathBuf,
    /// The id of the key with which WeChat Pay signs (PUB_KEY_ID_…, or a platform certificate's serial number).
    pub(crate) platform_key_id: String,
    /// That key.
    pub(crate) platform_key: PathBuf,
    /// The file with the API v3 key, 32 characters.
    pub(crate) api_key: PathBuf,
}

/// An application at Alipay's Open Platform.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlipayAccount {
    /// The gateway.
    #[serde(default = "alipay_url")]
    pub(crate) url: String,
    /// The application's id.
    pub(crate) app: String,
    /// The application's private key.
    pub(crate) private_key: PathBuf,
    /// Alipay's public key.
    pub(crate) platform_key: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SandboxAccount {
    clearing_seconds: u32,
}

fn wechat_pay_url() -> String {
    "https://api.mch.weixin.qq.com".to_owned()
}

fn alipay_url() -> String {
    "https://openapi.alipay.com/gateway.do".to_owned()
}

impl Payments {
    /// The sandbox for every channel of `shops` by which money is paid.
    pub fn sandbox(shops: &[ShopId]) -> Self {
        let name = ProviderId(ProviderId::SANDBOX.to_owned());
        let mut payments = Self::default();
        for shop in shops {
            for channel in MONEY {
                payments
                    .routes
                    .insert((shop.clone(), channel), name.clone());
            }
        }
        payments
            .providers
            .insert(name, Provider::Sandbox(Sandbox::default()));
        payments
    }

    /// Reads a payments file. Providers tell news at `callbacks`, below which each has a
    /// path of its own.
    ///
    /// # Errors
    /// The first mistake: TOML, unknown keys, a key file that cannot be read, a route to a provider that is not there.
    pub fn read(file: &Path, callbacks: &str) -> Result<Self, ConfigError> {
        let wrong = |reason: String| ConfigError {
            file: file.display().to_string(),
            reason,
        };
        let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
        let parsed: File = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let read = |path: &Path| {
            let path = folder.join(path);
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let mut payments = Self::default();
        for (name, account) in &parsed.providers {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            if name.is_empty() || name.len() > 64 || !name.bytes().all(plain) {
                return Err(wrong(format!(
                    "providers.{name}: a name has up to 64 letters, digits, - and _"
                )));
            }
            let sandbox = matches!(account, Account::Sandbox(_));
            if sandbox != (name == ProviderId::SANDBOX) {
                return Err(wrong(format!(
                    "providers.{name}: \"{}\" is the name of the sandbox, and of it only",
                    ProviderId::SANDBOX
                )));
            }
            let callback = format!("{callbacks}/{name}/notifications");
            let provider = provider(account, &callback, &read)
                .map_err(|reason| wrong(format!("providers.{name}: {reason}")))?;
            payments
                .providers
                .insert(ProviderId(name.clone()), provider);
        }
        for (shop, routes) in &parsed.shops {
            for (channel, name) in routes {
                let at = format!("shops.{shop}.{channel}");
                let channel = Channel::from_code(channel)
                    .filter(|channel| MONEY.contains(channel))
                    .ok_or_else(|| wrong(format!("{at}: is no channel of money")))?;
                let name = ProviderId(name.clone());
                if !payments.providers.contains_key(&name) {
                    return Err(wrong(format!("{at}: there is no provider \"{name}\"")));
                }
                payments
                    .routes
                    .insert((ShopId(shop.clone()), channel), name);
            }
        }
        Ok(payments)
    }
}

/// The channels by which money is paid; coupons and points go back at once, at the shop.
const MONEY: [Channel; 3] = [Channel::WechatPay, Channel::Alipay, Channel::BankCard];

fn provider(
    account: &Account,
    callback: &str,
    read: &dyn Fn(&Path) -> Result<String, String>,
) -> Result<Provider, String> {
    Ok(match account {
        Account::WechatPay(account) => {
            Provider::WechatPay(Box::new(WechatPay::new(account, callback, read)?))
        }
        Account::Alipay(account) => {
            Provider::Alipay(Box::new(Alipay::new(account, callback, read)?))
        }
        Account::Sandbox(account) => Provider::Sandbox(Sandbox {
            clearing_seconds: account.clearing_seconds,
        }),
    })
}
