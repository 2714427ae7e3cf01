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

/// Pieces of Chinese questions that say nothing of what is asked for; none is part of another word that would.
const EMPTY_PIECES: [&str; 26] = [
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
];

/// The places of the articles that answer `asked`, best first; all in their order when nothing is asked for.
pub fn search(articles: &[Searched], asked: &str) -> Vec<usize> {
    let asked = plain(asked);
    if compact(&asked).is_empty() {
        // Somebody who asks for a question mark does not ask for anything.
        return (0..articles.len()).collect();
    }
    let whole = compact(&asked);
    let dense = without_empty_words(&asked);
    let terms = terms(&asked);
    let pages: Vec<[Place; 3]> = articles
        .iter()
        .map(|article| {
            [&article.title, &article.questions, &article.text].map(|text| Place::of(text))
        })
        .collect();
    // A term that few articles have says more than one that all have.
    let weights: Vec<f64> = terms
        .iter()
        .map(|term| {
            let having = pages
                .iter()
                .filter(|page| page.iter().any(|place| place.has(term)));
            #[expect(
                clippy::cast_precision_loss,
                reason = "there are some dozens of articles"
            )]
            let (all, having) = (pages.len() as f64, having.count() as f64);
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

/// The Latin words and numbers.
fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain
        .split(|c: char| c == ' ' || is_han(c))
        .filter(|word| !word.is_empty())
}

/// What is looked for: English words without their endings, and each two Chinese characters that follow one another.
fn terms(asked: &str) -> Vec<String> {
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
        terms.extend(letters.windows(2).map(|two| two.iter().collect::<String>()));
    }
    if terms.is_empty() {
        // Nothing but empty words: they are what is asked for.
        terms.push(compact(asked));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// An English word without its ending: cancelled, cancels and cancelling are the same.
fn stem(word: &str) -> String {
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
