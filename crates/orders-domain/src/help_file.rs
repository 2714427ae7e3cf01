//! The articles of the help centre as they are written: TOML, checked key by key, because a place that nobody fills in
//! would be read by shoppers.

use std::collections::BTreeSet;

use crate::{
    Article, ArticlePart, Help, HelpFact, HelpPage, HelpTopic, Holds, LocalText, PolicyError,
    ShopId, toml_table::Table,
};

impl Help {
    /// The articles that the program comes with: file name and text, in the order of the topics.
    pub const fn built_in() -> [(&'static str, &'static str); 6] {
        [
            (
                "1-cancelling.toml",
                include_str!("../../../policies/help/1-cancelling.toml"),
            ),
            (
                "2-orders.toml",
                include_str!("../../../policies/help/2-orders.toml"),
            ),
            (
                "3-refunds.toml",
                include_str!("../../../policies/help/3-refunds.toml"),
            ),
            (
                "4-after-sale.toml",
                include_str!("../../../policies/help/4-after-sale.toml"),
            ),
            (
                "5-support.toml",
                include_str!("../../../policies/help/5-support.toml"),
            ),
            (
                "6-shopping.toml",
                include_str!("../../../policies/help/6-shopping.toml"),
            ),
        ]
    }

    /// Reads files of articles, in their order.
    ///
    /// # Errors
    /// The first mistake, with file, dotted key and reason: a syntax error, an unknown or missing key, topic, page,
    /// translation or name in braces, a related article that is not there, an id that is used twice.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, PolicyError> {
        Self::parse_for(files, |_| true)
    }

    /// The same, where there are these shops.
    ///
    /// # Errors
    /// As [`Help::parse`], and when an article is for a shop that there is not.
    pub fn parse_for(
        files: &[(&str, &str)],
        is_shop: impl Fn(&ShopId) -> bool,
    ) -> Result<Self, PolicyError> {
        let mut articles: Vec<Article> = Vec::new();
        let mut related = Vec::new();
        let mut ids = BTreeSet::new();
        for (file, text) in files {
            let mut root = Table::parse(file, text)?;
            let topic = root.choice("topic", "topic", HelpTopic::from_code)?;
            for table in root.tables("articles")? {
                let id_of = table.error("id", "is there twice");
                let unknown = table.error("related", "names an article that is not there");
                let no_shop = table.error("shops", "names a shop that has no policy");
                let article = article(table, topic)?;
                if !article.shops.iter().all(&is_shop) {
                    return Err(no_shop);
                }
                if !ids.insert(article.id.clone()) {
                    return Err(id_of);
                }
                related.push((article.related.clone(), unknown));
                articles.push(article);
            }
            root.finish()?;
        }
        for (names, unknown) in related {
            if names.iter().any(|name| !ids.contains(name)) {
                return Err(unknown);
            }
        }
        Ok(Self { articles })
    }
}

fn article(mut table: Table, topic: HelpTopic) -> Result<Article, PolicyError> {
    let id = table.text("id")?;
    let plain = |b: u8| b.is_ascii_lowercase() || b == b'-';
    // `policies` is a page of its own below the same path.
    if !id.bytes().all(plain) || id.len() > 64 || id == "policies" {
        return Err(table.error("id", "may only have the letters a to z and hyphens"));
    }
    let shops = table.optional_texts("shops")?.into_iter().map(ShopId);
    let shops = shops.collect();
    let holds = holds(&mut table)?;
    let title = text(&mut table, "title")?;
    let questions = texts(&mut table, "questions")?;
    let answer = text(&mut table, "answer")?;
    let mut parts = Vec::new();
    for part in table.tables("parts")? {
        parts.push(article_part(part)?);
    }
    let links = table.choices("links", "page", HelpPage::from_code)?;
    let related = table.optional_texts("related")?;
    let source = table.text("source")?;
    table.finish()?;
    Ok(Article {
        id,
        topic,
        shops,
        holds,
        title,
        questions,
        answer,
        parts,
        links,
        related,
        source,
    })
}

fn article_part(mut table: Table) -> Result<ArticlePart, PolicyError> {
    let heading = if table.has("heading") {
        Some(text(&mut table, "heading")?)
    } else {
        None
    };
    let steps = table.optional_flag("steps")?;
    let holds = holds(&mut table)?;
    let paragraphs = texts(&mut table, "paragraphs")?;
    table.finish()?;
    Ok(ArticlePart {
        heading,
        steps,
        holds,
        paragraphs,
    })
}

fn holds(table: &mut Table) -> Result<Holds, PolicyError> {
    Ok(Holds {
        when: table.optional_choice("when", "name", HelpFact::from_code)?,
        unless: table.optional_choice("unless", "name", HelpFact::from_code)?,
    })
}

fn text(table: &mut Table, key: &str) -> Result<LocalText, PolicyError> {
    let text = table.local_text(key)?;
    places(table, key, text)
}

/// A list of texts in both languages; not an empty one.
fn texts(table: &mut Table, key: &str) -> Result<Vec<LocalText>, PolicyError> {
    let mut texts = Vec::new();
    for mut one in table.tables(key)? {
        let text = LocalText::new(&one.text("zh-CN")?, &one.text("en")?);
        texts.push(places(&one, "en", text)?);
        one.finish()?;
    }
    if texts.is_empty() {
        return Err(table.error(key, "must not be empty"));
    }
    Ok(texts)
}

/// `text`, if all that stands in its braces is known, and the same in both languages.
fn places(table: &Table, key: &str, text: LocalText) -> Result<LocalText, PolicyError> {
    let names = |text: &str| -> Result<BTreeSet<&'static str>, PolicyError> {
        let mut names = BTreeSet::new();
        for piece in text.split('{').skip(1) {
            let name = piece.split_once('}').map(|(name, _)| name);
            let fact = name.and_then(HelpFact::from_code);
            let fact =
                fact.ok_or_else(|| table.error(key, "has a name in braces that is not known"))?;
            names.insert(fact.code());
        }
        Ok(names)
    };
    let english = text.en.as_deref().unwrap_or_default();
    if names(&text.zh_cn)? == names(english)? {
        Ok(text)
    } else {
        Err(table.error(
            key,
            "says different things of the policy in the two languages",
        ))
    }
}
