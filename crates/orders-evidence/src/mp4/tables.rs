//! A track's tables: when each sample is shown, how large it is, and in which chunk of the file it lies.

use crate::boxes::{Fields, optional, required, write};
use crate::refusal::Refusal;

/// The tables of a track, as numbers.
#[derive(Debug)]
pub struct Tables {
    /// How many samples, and how long each of them lasts.
    times: Vec<(u32, u32)>,
    /// How many samples, and by how much later than decoded each of them is shown; with the table's version, as which
    /// it says whether that may be negative.
    delays: Option<(u8, Vec<(u32, u32)>)>,
    /// The samples with which playing can begin; without this table, with all.
    keys: Option<Vec<u32>>,
    /// From which chunk on each chunk has how many samples, after which description.
    runs: Vec<[u32; 3]>,
    sizes: Sizes,
    /// Where each chunk begins in the file.
    pub chunks: Vec<u64>,
}

#[derive(Debug)]
enum Sizes {
    /// So many samples of one size.
    Same(u32, u32),
    Each(Vec<u32>),
}

impl Tables {
    /// From what is in the `stbl` box, with `descriptions` of its samples.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn read(body: &[u8], descriptions: u32) -> Result<Self, Refusal> {
        let sizes = sizes(body)?;
        let count = sizes.count();
        let times = pairs(required(body, b"stts")?)?.1;
        if samples_of(&times) != u64::from(count) || count == 0 {
            return Err(Refusal::Broken("its samples are not counted alike"));
        }
        let delays = optional(body, b"ctts")?.map(pairs).transpose()?;
        if delays
            .as_ref()
            .is_some_and(|(_, delays)| samples_of(delays) > count.into())
        {
            return Err(Refusal::Broken("its samples are not counted alike"));
        }
        let tables = Self {
            times,
            delays,
            keys: keys(body, count)?,
            runs: runs(body, descriptions)?,
            sizes,
            chunks: chunks(body)?,
        };
        Ok(tables)
    }

    /// How long all samples last together, in the track's own time.
    pub fn duration(&self) -> u64 {
        self.times
            .iter()
            .map(|(count, each)| u64::from(*count) * u64::from(*each))
            .fold(0, u64::saturating_add)
    }

    /// Of each chunk, where it begins and how many bytes it has.
    ///
    /// # Errors
    /// [`Refusal::Broken`].
    pub fn extents(&self) -> Result<Vec<(u64, u64)>, Refusal> {
        const BROKEN: Refusal = Refusal::Broken("its samples are not in its chunks");
        let mut runs = self.runs.iter().peekable();
        let mut samples_of_chunk = 0;
        let mut sample = 0_u32;
        let mut extents = Vec::with_capacity(self.chunks.len());
        for (number, offset) in (1..).zip(&self.chunks) {
            if let Some(run) = runs.next_if(|[first, ..]| *first == number) {
                samples_of_chunk = run[1];
            }
            let end = sample.checked_add(samples_of_chunk).ok_or(BROKEN)?;
            extents.push((*offset, self.sizes.bytes(sample, end).ok_or(BROKEN)?));
            sample = end;
        }
        if runs.next().is_some() || sample != self.sizes.count() {
            return Err(BROKEN);
        }
        Ok(extents)
    }

    /// Appends the tables to an `stbl` box.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_pairs(out, b"stts", 0, &self.times);
        if let Some((version, delays)) = &self.delays {
            write_pairs(out, b"ctts", *version, delays);
        }
        if let Some(keys) = &self.keys {
            write(out, b"stss", |out| {
                out.extend([0; 4]);
                write_numbers(out, keys.iter().copied());
            });
        }
        write(out, b"stsc", |out| {
            out.extend([0; 4]);
            out.extend(length_of(self.runs.len()).to_be_bytes());
            out.extend(self.runs.iter().flatten().flat_map(|n| n.to_be_bytes()));
        });
        write(out, b"stsz", |out| {
            out.extend([0; 4]);
            match &self.sizes {
                Sizes::Same(count, size) => {
                    out.extend(size.to_be_bytes());
                    out.extend(count.to_be_bytes());
                }
                Sizes::Each(sizes) => {
                    out.extend([0; 4]);
                    write_numbers(out, sizes.iter().copied());
                }
            }
        });
        write(out, b"stco", |out| {
            out.extend([0; 4]);
            // The writer has seen to it that the file is not larger than these can say.
            let chunks = self.chunks.iter();
            write_numbers(out, chunks.map(|at| u32::try_from(*at).unwrap_or(u32::MAX)));
        });
    }
}

impl Sizes {
    fn count(&self) -> u32 {
        match self {
            Self::Same(count, _) => *count,
            Self::Each(sizes) => length_of(sizes.len()),
        }
    }

    /// How many bytes the samples from `begin` up to `end` have; `None` when there are not so many.
    fn bytes(&self, begin: u32, end: u32) -> Option<u64> {
        match self {
            Self::Same(count, size) => {
                (end <= *count).then(|| u64::from(end - begin) * u64::from(*size))
            }
            Self::Each(sizes) => {
                let sizes = sizes.get(begin as usize..end as usize)?;
                Some(sizes.iter().copied().map(u64::from).sum())
            }
        }
    }
}

fn sizes(body: &[u8]) -> Result<Sizes, Refusal> {
    let Some(body) = optional(body, b"stsz")? else {
        return Err(Refusal::NotSupported("its samples' sizes are packed"));
    };
    let mut fields = Fields(body);
    fields.version()?;
    let size = fields.u32()?;
    if size > 0 {
        return Ok(Sizes::Same(fields.u32()?, size));
    }
    let sizes = fields.table::<4>()?;
    Ok(Sizes::Each(
        sizes.iter().copied().map(u32::from_be_bytes).collect(),
    ))
}

/// Counts with a value each, and the table's version.
fn pairs(body: &[u8]) -> Result<(u8, Vec<(u32, u32)>), Refusal> {
    let mut fields = Fields(body);
    let (version, _) = fields.version()?;
    let entries = fields.table::<8>()?.iter();
    let pair = |[a, b, c, d, e, f, g, h]: &[u8; 8]| {
        (
            u32::from_be_bytes([*a, *b, *c, *d]),
            u32::from_be_bytes([*e, *f, *g, *h]),
        )
    };
    Ok((version, entries.map(pair).collect()))
}

fn samples_of(pairs: &[(u32, u32)]) -> u64 {
    pairs.iter().map(|(count, _)| u64::from(*count)).sum()
}

fn keys(body: &[u8], count: u32) -> Result<Option<Vec<u32>>, Refusal> {
    let Some(body) = optional(body, b"stss")? else {
        return Ok(None);
    };
    let mut fields = Fields(body);
    fields.version()?;
    let keys = fields.table::<4>()?.iter().copied().map(u32::from_be_bytes);
    let keys: Vec<u32> = keys.collect();
    let in_order = keys.is_sorted_by(|a, b| a < b);
    if !in_order || keys.iter().any(|key| *key == 0 || *key > count) {
        return Err(Refusal::Broken("its key frames are not among its samples"));
    }
    Ok(Some(keys))
}

fn runs(body: &[u8], descriptions: u32) -> Result<Vec<[u32; 3]>, Refusal> {
    let mut fields = Fields(required(body, b"stsc")?);
    fields.version()?;
    let runs = fields.table::<12>()?.iter().map(|entry| {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = *entry;
        [[a, b, c, d], [e, f, g, h], [i, j, k, l]].map(u32::from_be_bytes)
    });
    let runs: Vec<[u32; 3]> = runs.collect();
    let in_order =
        runs.is_sorted_by(|a, b| a[0] < b[0]) && runs.first().is_some_and(|run| run[0] == 1);
    let known = |[_, samples, description]: &[u32; 3]| {
        *samples > 0 && (1..=descriptions).contains(description)
    };
    if !in_order || !runs.iter().all(known) {
        return Err(Refusal::Broken("its chunks are wrong"));
    }
    Ok(runs)
}

fn chunks(body: &[u8]) -> Result<Vec<u64>, Refusal> {
    if let Some(body) = optional(body, b"stco")? {
        let mut fields = Fields(body);
        fields.version()?;
        let offsets = fields.table::<4>()?.iter();
        return Ok(offsets.map(|at| u32::from_be_bytes(*at).into()).collect());
    }
    let mut fields = Fields(required(body, b"co64")?);
    fields.version()?;
    let offsets = fields.table::<8>()?.iter();
    Ok(offsets.map(|at| u64::from_be_bytes(*at)).collect())
}

fn length_of(length: usize) -> u32 {
    // Tables come from a file whose tables have some MB.
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn write_pairs(out: &mut Vec<u8>, name: &[u8; 4], version: u8, pairs: &[(u32, u32)]) {
    write(out, name, |out| {
        out.extend([version, 0, 0, 0]);
        out.extend(length_of(pairs.len()).to_be_bytes());
        for (count, value) in pairs {
            out.extend(count.to_be_bytes());
            out.extend(value.to_be_bytes());
        }
    });
}

fn write_numbers(out: &mut Vec<u8>, numbers: impl ExactSizeIterator<Item = u32>) {
    out.extend(length_of(numbers.len()).to_be_bytes());
    out.extend(numbers.flat_map(u32::to_be_bytes));
}
