//! The house rules as functions: what a file must not contain. ARCHITECTURE.md gives the reasons.

use std::fmt;

/// A file of the project.
pub struct SourceFile {
    /// Its path from the root, with forward slashes.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// A rule that is broken, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Violation {
    /// File and line, or package.
    pub place: String,
    /// What is wrong there, in words.
    pub rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.rule)
    }
}

/// Lines that break a rule (0: the file as a whole), and the rule in words.
type Broken = Vec<(usize, String)>;
type Rule = fn(&SourceFile) -> Broken;

const LONGEST: usize = 500;

/// The rules this file breaks.
pub fn broken_by(file: &SourceFile) -> Vec<Violation> {
    let rules: [Rule; 9] = [
        opens_with_its_purpose,
        is_short,
        is_finished,
        stays_in_its_room,
        passes_the_client_door,
        leaves_sql_to_the_store,
        has_no_inline_style,
        has_no_inline_code,
        runs_every_test,
    ];
    let place = |line: usize| {
        if line == 0 {
            file.path.clone()
        } else {
            format!("{}:{line}", file.path)
        }
    };
    rules
        .iter()
        .flat_map(|rule| rule(file))
        .map(|(line, rule)| Violation {
            place: place(line),
            rule,
        })
        .collect()
}

impl SourceFile {
    fn is(&self, kind: &str) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, found)| found == kind)
    }

    /// Its path within the application that it belongs to, the storefront or the console: they keep the same rules.
    fn in_app(&self) -> Option<&str> {
        let path = self.path.strip_prefix("crates/console/");
        let path = path.unwrap_or(&self.path);
        (self.is("rs") && path.starts_with("src/")).then_some(path)
    }

    /// The page of the storefront, or the console's.
    fn is_page(&self) -> bool {
        matches!(
            self.path.as_str(),
            "index.html" | "crates/console/index.html"
        )
    }

    /// This file holds the forbidden words as rules and as examples.
    fn is_the_rules(&self) -> bool {
        self.path == "crates/xtask/src/house.rs"
    }

    /// Lines with their numbers, without line comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, without_comment(line)))
    }

    fn lines_with(&self, words: &[&str], rule: &str) -> Broken {
        self.code()
            .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
            .map(|(line, _)| (line, rule.to_owned()))
            .collect()
    }
}

/// `//` begins a comment unless it belongs to a URL.
fn without_comment(line: &str) -> &str {
    line.match_indices("//")
        .find(|(at, _)| !line[..*at].ends_with(':'))
        .map_or(line, |(at, _)| &line[..at])
}

fn opens_with_its_purpose(file: &SourceFile) -> Broken {
    if file.is("rs") && !file.text.starts_with("//!") {
        return vec![(
            1,
            "opens with a `//!` sentence that says what it is for".into(),
        )];
    }
    Vec::new()
}

fn is_short(file: &SourceFile) -> Broken {
    let lines = file.text.lines().count();
    let counted = ["rs", "css", "ts", "mjs", "js", "html"]
        .iter()
        .any(|kind| file.is(kind));
    if counted && lines > LONGEST {
        return vec![(
            0,
            format!("has {lines} lines; {LONGEST} are enough for one subject"),
        )];
    }
    Vec::new()
}

fn is_finished(file: &SourceFile) -> Broken {
    if file.is_the_rules() {
        return Vec::new();
    }
    let words = ["TODO", "FIXME", "todo!(", "unimplemented!("];
    let lines = file.text.lines().enumerate();
    lines
        .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
        .map(|(at, _)| (at + 1, "is unfinished here".into()))
        .collect()
}

/// Browser APIs and HTTP have one room each in the storefront.
fn stays_in_its_room(file: &SourceFile) -> Broken {
    let mut broken = Vec::new();
    let Some(path) = file.in_app() else {
        return broken;
    };
    if !path.starts_with("src/browser/") {
        broken.extend(file.lines_with(
            &["web_sys", "js_sys", "wasm_bindgen"],
            "only src/browser touches the browser",
        ));
    }
    if !path.starts_with("src/client/") {
        broken.extend(file.lines_with(&["gloo_net"], "only src/client speaks HTTP"));
    }
    broken
}

/// Pages get their data through data.rs; parts of `ui` know their props and nothing else.
fn passes_the_client_door(file: &SourceFile) -> Broken {
    let Some(path) = file.in_app() else {
        return Vec::new();
    };
    let mut broken = Vec::new();
    let app_level = path.matches('/').count() == 1;
    let may_use_client = app_level || path.starts_with("src/client/") || path.ends_with("/data.rs");
    if !may_use_client && mentions_module(file, "client") {
        broken.push((
            0,
            "only data.rs and the app's own modules use crate::client".into(),
        ));
    }
    if path.starts_with("src/ui/") && mentions_module(file, "features") {
        broken.push((0, "a part of ui knows no feature".into()));
    }
    broken
}

/// `crate::NAME`, also as one of a group (`crate::{a, NAME::b}`).
fn mentions_module(file: &SourceFile, name: &str) -> bool {
    let code: String = file.code().flat_map(|(_, line)| [line, " "]).collect();
    // A failure is a value: who only names its type calls nobody.
    let code = code.replace("crate::client::Failure;", "");
    code.match_indices("crate::").any(|(at, found)| {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => first_names(group).contains(&name),
            None => first_word(rest) == name,
        }
    })
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text
        .find(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .unwrap_or(text.len());
    &text[..end]
}

/// The first name of each item in a group of imports, given the text after its opening brace.
fn first_names(group: &str) -> Vec<&str> {
    let mut names = vec![first_word(group)];
    let mut depth = 1_u32;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(first_word(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn leaves_sql_to_the_store(file: &SourceFile) -> Broken {
    let elsewhere =
        file.is("rs") && !file.path.starts_with("crates/orders-store/") && !file.is_the_rules();
    if !elsewhere {
        return Vec::new();
    }
    let statements = [
        "\"SELECT ",
        "INSERT INTO ",
        "DELETE FROM ",
        "CREATE TABLE ",
        "\"UPDATE ",
        "sqlx::",
    ];
    file.lines_with(&statements, "only orders-store speaks SQL")
}

/// The page's policy forbids inline styles, so they would have no effect.
fn has_no_inline_style(file: &SourceFile) -> Broken {
    if file.in_app().is_none() && !file.is_page() {
        return Vec::new();
    }
    file.lines_with(
        &[" style=", " style:", "<style"],
        "styles belong into style/",
    )
}

/// Text from anywhere is never markup, and our page has no code of its own.
fn has_no_inline_code(file: &SourceFile) -> Broken {
    if file.is_page() {
        return file.lines_with(
            &["<script", " onload=", " onclick=", " onerror="],
            "the page has no code of its own",
        );
    }
    if file.in_app().is_some() {
        return file.lines_with(
            &["inner_html", "set_inner_html"],
            "text is never inserted as markup",
        );
    }
    Vec::new()
}

fn runs_every_test(file: &SourceFile) -> Broken {
    if file.is_the_rules() {
        return Vec::new();
    }
    if file.is("rs") {
        return file.lines_with(&["#[ignore"], "no test is ignored");
    }
    if file.path.starts_with("e2e/") && (file.is("ts") || file.is("js") || file.is("mjs")) {
        return file.lines_with(
            &[
                "test.skip(",
                "test.only(",
                "test.fixme(",
                "describe.skip(",
                "describe.only(",
            ],
            "no test is left out",
        );
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules broken by one file of our own that is fine otherwise.
    fn broken(path: &str, text: &str) -> Vec<String> {
        let text = if path.ends_with(".rs") && !text.is_empty() {
            format!("//! A.\n{text}")
        } else {
            text.into()
        };
        broken_by(&SourceFile {
            path: path.into(),
            text,
        })
        .iter()
        .map(Violation::to_string)
        .collect()
    }

    #[track_caller]
    fn breaks(path: &str, text: &str, rule: &str) {
        let found = broken(path, text);
        assert!(
            found.len() == 1 && found[0].contains(rule),
            "{path}: {found:?}"
        );
    }

    #[track_caller]
    fn keeps(path: &str, text: &str) {
        assert_eq!(broken(path, text), Vec::<String>::new(), "{path}");
    }

    #[test]
    fn a_module_opens_with_its_purpose() {
        breaks("src/paths.rs", "", "opens with");
        keeps("src/paths.rs", "fn a() {}");
    }

    #[test]
    fn a_file_is_short() {
        breaks("style/a.css", &"a\n".repeat(501), "501 lines");
        keeps("style/a.css", &"a\n".repeat(500));
        keeps("LICENSES.md", &"a\n".repeat(501));
    }

    #[test]
    fn nothing_is_left_unfinished() {
        breaks("src/a.rs", "// TODO later", "src/a.rs:2: is unfinished");
        breaks(
            "crates/orders-domain/src/a.rs",
            "fn a() { todo!() }",
            "is unfinished",
        );
        keeps("src/a.rs", "// what is to do today");
    }

    #[test]
    fn only_the_browser_room_touches_the_browser() {
        breaks("src/ui/a.rs", "use web_sys::Window;", "only src/browser");
        breaks("src/app.rs", "js_sys::Date::now()", "only src/browser");
        keeps("src/browser/a.rs", "use web_sys::Window;");
        keeps("src/app.rs", "// web_sys is elsewhere");
        keeps("crates/xtask/src/a.rs", "web_sys");
        breaks(
            "crates/console/src/app.rs",
            "web_sys::Window",
            "only src/browser",
        );
        keeps("crates/console/src/browser/a.rs", "use web_sys::Window;");
    }

    #[test]
    fn only_the_client_room_speaks_http() {
        breaks(
            "src/features/orders/data.rs",
            "use gloo_net::http;",
            "only src/client",
        );
        keeps("src/client/mod.rs", "use gloo_net::http;");
    }

    #[test]
    fn pages_reach_the_client_through_data() {
        breaks(
            "src/features/orders/page.rs",
            "use crate::client::orders;",
            "only data.rs",
        );
        breaks(
            "src/features/orders/page.rs",
            "use crate::{\n  words::{A, B},\n  client::orders,\n};",
            "only data.rs",
        );
        breaks("src/ui/card.rs", "use crate::client;", "only data.rs");
        keeps("src/features/orders/data.rs", "use crate::client::orders;");
        keeps("src/app.rs", "use crate::client;");
        keeps("src/shell/failure.rs", "use crate::client::Failure;");
        keeps(
            "src/features/orders/page.rs",
            "use crate::clients; use crate::{words::{client}, paths};",
        );
    }

    #[test]
    fn parts_know_no_feature() {
        breaks(
            "src/ui/card.rs",
            "use crate::features::orders;",
            "knows no feature",
        );
        keeps("src/shell/mod.rs", "use crate::features::orders;");
    }

    #[test]
    fn only_the_store_speaks_sql() {
        breaks(
            "crates/orders-server/src/a.rs",
            "let q = \"SELECT 1\";",
            "only orders-store",
        );
        breaks(
            "crates/orders-server/src/a.rs",
            "query(\"x\"); sqlx::query(q)",
            "only orders-store",
        );
        keeps("crates/orders-store/src/a.rs", "let q = \"SELECT 1\";");
    }

    #[test]
    fn views_carry_no_style_and_no_markup() {
        breaks(
            "src/ui/card.rs",
            "view! { <p style=\"color:red\"/> }",
            "belong into style/",
        );
        breaks(
            "src/ui/card.rs",
            "view! { <p style:color=\"red\"/> }",
            "belong into style/",
        );
        breaks(
            "src/ui/card.rs",
            "view! { <p inner_html=text/> }",
            "never inserted",
        );
        breaks("index.html", "<p onclick=\"a()\">", "no code of its own");
        keeps("src/ui/card.rs", "view! { <p class=\"style\"/> }");
        keeps("index.html", "<p class=\"notice\">");
    }

    #[test]
    fn no_test_is_left_out() {
        breaks(
            "crates/orders-store/tests/a.rs",
            "#[ignore = \"slow\"]",
            "no test is ignored",
        );
        breaks(
            "e2e/stories/a.spec.ts",
            "test.only('a', () => {})",
            "no test is left out",
        );
        keeps("e2e/stories/a.spec.ts", "test('a', () => {})");
    }

    #[test]
    fn a_url_is_not_a_comment() {
        assert_eq!(
            without_comment("let a = \"http://b\"; // c"),
            "let a = \"http://b\"; "
        );
        assert_eq!(without_comment("// c"), "");
    }
}
