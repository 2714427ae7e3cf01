//! Finding an article by what somebody types: in Chinese or English, whatever its case, width and spaces.

/// What of an article is searched; in all languages, because one may ask in another than one reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// Its title.
    pub title: String,
    /// The questions that it answers.
    pub questions: String,
    /// The rest of its text.
    pub text: String,
}

/// How much a place counts in which a term is found.
const WEIGHTS: [f64; 3] = [4.0, 3.0, 1.0];
/// So much of what was asked for has to be found, by the weight of its terms.
const ENOUGH: f64 = 0.5;
/// A Latin term as long as this is also found inside of words, where a space is missing.
const INSIDE: usize = 5;

/// English words that say nothing of what is asked for.
const EMPTY_WORDS: [&str; 47] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
    "does", "for", "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "its", "me",
    "my", "of", "on", "or", "so", "that", "the", "there", "this", "to", "was", "what", "when",
    "where", "which", "why", "will", "with", "you",
];

/// Pieces of Chinese questions that say nothing of what is asked for; none is part of another word that would. Longer ones
/// come before those that are a part of them.
const EMPTY_PIECES: [&str; 30] = [
    "怎么样",
    "什么时候",
    "怎么办",
    "为什么",
    "是什么",
    "有哪些",
    "能不能",
    "可不可以",
    "是不是",
    "有没有",
    "多长时间",
    "什么",
    "怎么",
    "怎样",
    "如何",
    "哪里",
    "哪些",
    "可以",
    "吗",
    "呢",
    "我",
    "您",
    "你",
    "的",
    "了",
    "请问",
    "一下",
    "如果",
    "通过",
    "进行",
];

/// The places of the articles that answer `asked`, best first; all in their order when nothing is asked for. `names` are
/// those of the shops: who asks a shop names it, and the articles do not.
pub fn search(articles: &[Searched], asked: &str, names: &[&str]) -> Vec<usize> {
    let asked = without_names(&plain(asked), names);
    if compact(&asked).is_empty() {
        // Somebody who asks for a question mark does not ask for anything.
        return (0..articles.len()).collect();
    }
    let whole = compact(&asked);
    let dense = without_empty_words(&asked);
    let pages: Vec<[Place; 3]> = articles
        .iter()
        .map(|article| {
            [&article.title, &article.questions, &article.text].map(|text| Place::of(text))
        })
        .collect();
    let having = |term: &str| {
        let having = pages
            .iter()
            .filter(|page| page.iter().any(|place| place.has(term)));
        having.count()
    };
    let terms = terms(&asked, |term| having(term) > 0);
    // A term that few articles have says more than one that all have. One that none has says as much as one of a single
    // article, and not more: it is what is left over of a question, and would drown the rest.
    let weights: Vec<f64> = terms
        .iter()
        .map(|term| {
            #[expect(
                clippy::cast_precision_loss,
                reason = "there are some dozens of articles"
            )]
            let (all, having) = (pages.len() as f64, having(term).max(1) as f64);
            (1.0 + (all + 1.0) / (having + 1.0)).ln()
        })
        .collect();
    let all: f64 = weights.iter().sum();
    let mut found: Vec<(f64, usize)> = pages
        .iter()
        .enumerate()
        .filter_map(|(at, page)| {
            let mut score = 0.0;
            let mut share = 0.0;
            for (term, weight) in terms.iter().zip(&weights) {
                let best = page
                    .iter()
                    .zip(WEIGHTS)
                    .filter(|(place, _)| place.has(term));
                if let Some(best) = best.map(|(_, weight)| weight).reduce(f64::max) {
                    score += weight * best;
                    share += weight;
                }
            }
            let place = page
                .iter()
                .zip(WEIGHTS)
                .filter(|(place, _)| place.has_literally(&whole, &dense));
            let literally = place.map(|(_, weight)| weight).reduce(f64::max);
            if let Some(weight) = literally.filter(|_| says_something(&whole)) {
                score += 10.0 * weight;
                share = all;
            }
            (score > 0.0 && share >= ENOUGH * all).then_some((score, at))
        })
        .collect();
    found.sort_by(|(a, at), (b, than)| b.total_cmp(a).then(at.cmp(than)));
    found.into_iter().map(|(_, at)| at).collect()
}

/// A single Latin letter is in every text.
fn says_something(whole: &str) -> bool {
    whole.chars().count() > 1 || whole.chars().any(is_han)
}

/// A text as it is searched.
struct Place {
    words: Vec<String>,
    /// Without spaces, so that a missing one does not matter …
    compact: String,
    /// … and without empty words.
    dense: String,
}

impl Place {
    fn of(text: &str) -> Self {
        let plain = plain(text);
        Self {
            words: words(&plain).map(stem).collect(),
            compact: compact(&plain),
            dense: without_empty_words(&plain),
        }
    }

    fn has(&self, term: &str) -> bool {
        if term.chars().any(is_han) {
            return self.compact.contains(term);
        }
        self.words
            .iter()
            .any(|word| word == term || (term.len() > 2 && word.starts_with(term)))
            || (term.len() >= INSIDE && self.has_literally(term, term))
    }

    fn has_literally(&self, whole: &str, dense: &str) -> bool {
        self.compact.contains(whole) || (!dense.is_empty() && self.dense.contains(dense))
    }
}

/// In lower case, with letters of full width as usual ones, and a space for whatever is neither letter nor digit.
fn plain(text: &str) -> String {
    let usual = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    });
    usual
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\'' | '’'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect()
}

fn compact(plain: &str) -> String {
    plain.chars().filter(|c| *c != ' ').collect()
}

fn without_empty_words(plain: &str) -> String {
    let words = plain.split(' ');
    words.filter(|word| !EMPTY_WORDS.contains(word)).collect()
}

/// A plain text without the names of shops; as it is when it has nothing else. Of a name that is part Latin and part Chinese,
/// the Chinese part is a name, too: 特派 for B特派.
fn without_names(plain_text: &str, names: &[&str]) -> String {
    let mut known: Vec<Vec<char>> = Vec::new();
    for name in names {
        let name = compact(&plain(name));
        let chinese: Vec<char> = name.chars().filter(|c| is_han(*c)).collect();
        if chinese.len() > 1 {
            known.push(chinese);
        }
        known.push(name.chars().collect());
    }
    known.retain(|name| !name.is_empty());
    known.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let text: Vec<char> = plain_text.chars().collect();
    let mut rest = String::with_capacity(plain_text.len());
    let mut at = 0;
    while let Some(&letter) = text.get(at) {
        match known.iter().find_map(|name| name_at(&text, at, name)) {
            Some(end) => {
                rest.push(' ');
                at = end;
            }
            None => {
                rest.push(letter);
                at += 1;
            }
        }
    }
    if compact(&rest).is_empty() {
        plain_text.to_owned()
    } else {
        rest
    }
}

/// Where `name` ends in `text` when it stands at `at`, whatever its spaces. Latin letters are no name inside of a word; an
/// English genitive is the name.
fn name_at(text: &[char], at: usize, name: &[char]) -> Option<usize> {
    let is_latin = |c: Option<&char>| c.is_some_and(|c| *c != ' ' && !is_han(*c));
    if is_latin(name.first()) && at > 0 && is_latin(text.get(at - 1)) {
        return None;
    }
    let mut end = at;
    for (done, letter) in name.iter().enumerate() {
        while done > 0 && text.get(end) == Some(&' ') {
            end += 1;
        }
        if text.get(end) != Some(letter) {
            return None;
        }
        end += 1;
    }
    if is_latin(name.last()) {
        if text.get(end) == Some(&'s') {
            end += 1;
        }
        if is_latin(text.get(end)) {
            return None;
        }
    }
    Some(end)
}

/// The Latin words and numbers.
fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain
        .split(|c: char| c == ' ' || is_han(c))
        .filter(|word| !word.is_empty())
}

/// What is looked for: English words without their endings, and each two Chinese characters that follow one another. Two
/// that no article has, between pairs that some have, are the seam of two words (单取 in 订单取消) and say nothing.
fn terms(asked: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut terms: Vec<String> = words(asked)
        .filter(|word| !EMPTY_WORDS.contains(word))
        .map(stem)
        .collect();
    let mut han = asked.to_owned();
    for piece in EMPTY_PIECES {
        han = han.replace(piece, " ");
    }
    for run in han
        .split(|c: char| !is_han(c))
        .filter(|run| !run.is_empty())
    {
        let letters: Vec<char> = run.chars().collect();
        if let [one] = letters.as_slice() {
            terms.push(one.to_string());
        }
        let pairs: Vec<String> = letters.windows(2).map(|two| two.iter().collect()).collect();
        let known: Vec<bool> = pairs.iter().map(|pair| is_known(pair)).collect();
        let is_there = |at: usize| known.get(at).copied().unwrap_or_default();
        let is_seam = |at: usize| {
            let before = at.checked_sub(1).is_some_and(is_there);
            !is_there(at) && before && is_there(at + 1)
        };
        let pairs = pairs.into_iter().enumerate();
        terms.extend(pairs.filter(|(at, _)| !is_seam(*at)).map(|(_, pair)| pair));
    }
    if terms.is_empty() {
        // Nothing but empty words: they are what is asked for.
        terms.push(compact(asked));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// An English word without its ending: cancelled, cancels and cancelling are the same; so are cannot and can't.
fn stem(word: &str) -> String {
    if word == "cant" {
        return "cannot".to_owned();
    }
    for ending in ["ations", "ation", "ing", "ed", "es", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() > 2
            && !stem.ends_with('s')
        {
            let mut letters = stem.chars().rev();
            let doubled = letters.next() == letters.next()
                && matches!(ending, "ing" | "ed" | "ation" | "ations");
            let mut stem = stem.to_owned();
            if doubled {
                stem.pop();
            }
            return stem;
        }
    }
    word.to_owned()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
