//! Money in minor units, and its division without losing any.

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code: three upper-case letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Renminbi; its minor unit is the fen.
    pub const CNY: Self = Self(*b"CNY");

    /// The currency of that code; `None` unless it is three upper-case ASCII letters.
    pub fn parse(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(letters))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        // Only ASCII letters get in, so that this cannot fail.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl TryFrom<String> for Currency {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("a currency is three upper-case letters")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount of money in minor units (fen for CNY). Never a fraction, never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub amount: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// `amount` minor units of `currency`.
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }
}

/// Divides `amount` in proportion to `weights` by the largest remainder; of equal remainders the first comes first.
///
/// The result has the length of `weights` and sums to `amount`. No share exceeds its weight as long as
/// `amount` does not exceed the sum of the weights. Weights below zero count as zero; when none is above zero,
/// the first share takes everything. Without weights there is nothing to divide among: the result is empty.
pub fn apportion(amount: i64, weights: &[i64]) -> Vec<i64> {
    let wide: Vec<i128> = weights.iter().map(|weight| i128::from(*weight)).collect();
    apportion_wide(amount, &wide)
}

/// [`apportion`] for weights that are themselves products or sums of `i64`s.
pub(crate) fn apportion_wide(amount: i64, weights: &[i128]) -> Vec<i64> {
    let weights: Vec<u128> = weights
        .iter()
        .map(|weight| u128::try_from(*weight).unwrap_or(0))
        .collect();
    let sum: u128 = weights.iter().sum();
    let mut shares = vec![0i64; weights.len()];
    if sum == 0 {
        if let Some(first) = shares.first_mut() {
            *first = amount;
        }
        return shares;
    }
    let magnitude = u128::from(amount.unsigned_abs());
    let mut rests = Vec::with_capacity(weights.len());
    let mut given = 0u128;
    let mut parts = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let (part, rest) = multiply_divide(magnitude, *weight, sum);
        given += part;
        parts.push(part);
        rests.push((rest, index));
    }
    rests.sort_by(|(a, i), (b, j)| b.cmp(a).then(i.cmp(j)));
    let left_over = usize::try_from(magnitude - given).unwrap_or(usize::MAX);
    for (_, index) in rests.iter().take(left_over) {
        parts[*index] += 1;
    }
    for (share, part) in shares.iter_mut().zip(parts) {
        // A part is at most |amount|, so that it fits again, with the sign put back.
        let part = i128::try_from(part).unwrap_or(0) * i128::from(amount.signum());
        *share = i64::try_from(part).unwrap_or(amount);
    }
    shares
}

/// `a × b ÷ c` as quotient and remainder. `a` is below 2⁶⁴; `b` and `c` are sums of a few products of an
/// `i64` and a `u32`, below 2¹¹⁰, so that the product may need more than 128 bits: it is built bit by bit.
fn multiply_divide(a: u128, b: u128, c: u128) -> (u128, u128) {
    if let Some(product) = a.checked_mul(b) {
        return (product / c, product % c);
    }
    let (mut quotient, mut rest) = (0u128, 0u128);
    for bit in (0..u128::BITS - a.leading_zeros()).rev() {
        quotient <<= 1;
        rest <<= 1;
        if a >> bit & 1 == 1 {
            rest += b;
        }
        quotient += rest / c;
        rest %= c;
    }
    (quotient, rest)
}
