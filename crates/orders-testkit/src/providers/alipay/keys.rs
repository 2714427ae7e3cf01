//! Keys of the simulated application and of the simulated Alipay, which are nobody else's.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The application's private key, for the merchant.
pub(super) const APP_PRIVATE: &str = include_str!("app.pem");

/// The application's public key.
const APP_PUBLIC: &str = include_str!("app.public.pem");

/// Alipay's private key.
const PLATFORM_PRIVATE: &str = include_str!("platform.pem");

/// Alipay's public key, for the merchant.
pub(super) const PLATFORM_PUBLIC: &str = include_str!("platform.public.pem");

/// Whether `signature` is the application's, of `text`.
pub(super) fn is_by_app(text: &str, signature: &str) -> bool {
    let Ok(key) = pem::parse(APP_PUBLIC) else {
        return false;
    };
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.contents());
    STANDARD
        .decode(signature)
        .is_ok_and(|signature| key.verify(text.as_bytes(), &signature).is_ok())
}

/// Alipay's signature of `text`, in Base64; empty when that cannot be made.
pub(super) fn sign(text: &str) -> String {
    let signed = || {
        let key = RsaKeyPair::from_pkcs8(pem::parse(PLATFORM_PRIVATE).ok()?.contents()).ok()?;
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            text.as_bytes(),
            &mut signature,
        )
        .ok()?;
        Some(STANDARD.encode(signature))
    };
    signed().unwrap_or_default()
}
