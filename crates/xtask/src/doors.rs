//! Which of our packages may use which: the doors of the house, kept closed by `check`.

use crate::house::Violation;

/// A package with its direct dependencies (not those of its tests).
pub struct Package {
    /// Its name.
    pub name: String,
    /// Names of packages.
    pub dependencies: Vec<String>,
}

/// Doors between packages: for each of ours, which of ours it may use, and which other packages it must not.
const DOORS: [(&str, &[&str], &[&str]); 8] = [
    (
        "orders-domain",
        &[],
        &["sqlx", "axum", "tokio", "leptos", "reqwest", "futures-util"],
    ),
    (
        "orders-api",
        &["orders-domain"],
        &["sqlx", "axum", "tokio", "leptos"],
    ),
    (
        "orders-store",
        &["orders-domain", "orders-store"],
        &["axum", "leptos"],
    ),
    (
        "orders-payments",
        &["orders-domain"],
        &["sqlx", "axum", "tokio", "leptos"],
    ),
    ("orders-evidence", &[], &["sqlx", "axum", "tokio", "leptos"]),
    (
        "orders-server",
        &[
            "orders-api",
            "orders-domain",
            "orders-evidence",
            "orders-payments",
            "orders-store",
            "orders-testkit",
            // Its views, to render the pages.
            "storefront",
        ],
        &["sqlx", "leptos"],
    ),
    (
        "storefront",
        &["orders-api", "orders-domain"],
        &["sqlx", "axum", "tokio"],
    ),
    (
        "console",
        // The storefront's parts, texts and formats.
        &["orders-api", "orders-domain", "storefront"],
        &["sqlx", "axum", "tokio"],
    ),
];

/// The doors this package opens although they are closed.
pub fn broken_by(package: &Package) -> Vec<Violation> {
    let Some((_, allowed, forbidden)) = DOORS.iter().find(|(name, ..)| *name == package.name)
    else {
        return Vec::new();
    };
    let ours = |name: &str| name.starts_with("orders-") || matches!(name, "storefront" | "console");
    package
        .dependencies
        .iter()
        .filter(|name| {
            (ours(name) && !allowed.contains(&name.as_str())) || forbidden.contains(&name.as_str())
        })
        .map(|name| Violation {
            place: package.name.clone(),
            rule: format!("must not depend on {name}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_use_the_doors_that_are_open() {
        let count = |name: &str, dependencies: &[&str]| {
            let dependencies = dependencies.iter().map(|name| (*name).to_owned()).collect();
            broken_by(&Package {
                name: name.into(),
                dependencies,
            })
            .len()
        };
        assert_eq!(count("orders-domain", &["chrono", "serde", "toml"]), 0);
        assert_eq!(count("orders-domain", &["tokio"]), 1);
        assert_eq!(count("orders-domain", &["orders-api"]), 1);
        assert_eq!(count("orders-server", &["orders-store", "axum"]), 0);
        assert_eq!(count("orders-server", &["sqlx", "leptos"]), 2);
        assert_eq!(count("storefront", &["orders-api", "leptos"]), 0);
        assert_eq!(count("storefront", &["orders-store", "orders-server"]), 2);
        assert_eq!(count("console", &["orders-api", "storefront", "leptos"]), 0);
        assert_eq!(count("storefront", &["console"]), 1);
        assert_eq!(count("orders-server", &["console"]), 1);
    }
}
