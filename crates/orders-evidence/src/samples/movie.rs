//! Videos, built by hand: the tables are right, the frames are numbers.

use super::SECRET;
use super::heic::boxed;

/// A track.
#[derive(Clone)]
pub struct Reel {
    /// `vide`, `soun`, or something else.
    pub handler: [u8; 4],
    /// The sample entry: its name and content.
    pub coding: ([u8; 4], Vec<u8>),
    /// The samples of each chunk.
    pub chunks: Vec<Vec<Vec<u8>>>,
    /// Units of time for a second.
    pub timescale: u32,
    /// How long a sample lasts.
    pub each: u32,
}

/// A video whose parts can be replaced by wrong ones.
#[derive(Clone)]
pub struct Film {
    /// The major brand.
    pub brand: [u8; 4],
    /// Whether the tables come before the media.
    pub tables_first: bool,
    /// Whether offsets have eight bytes.
    pub wide: bool,
    /// Added to every offset.
    pub shift: i64,
    /// How the picture is turned: the first four numbers of its matrix, as wholes.
    pub turn: [i32; 4],
    /// The tracks.
    pub reels: Vec<Reel>,
    /// More boxes within the tables.
    pub more: Vec<u8>,
    /// Units of time for a second.
    pub timescale: u32,
}

fn be(number: usize) -> [u8; 4] {
    u32::try_from(number).expect("small").to_be_bytes()
}

/// A box that begins with four zeros.
pub fn full(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    boxed(name, &[&[0; 4], body].concat())
}

/// Where it was taken, as telephones write it.
fn place() -> Vec<u8> {
    let text = [&[0, SECRET.len() as u8, 0x15, 0xC7], SECRET].concat();
    let keys = full(b"meta", &boxed(b"ilst", SECRET));
    boxed(b"udta", &[boxed(b"\xA9xyz", &text), keys].concat())
}

/// The description of pictures of 64 by 48 pixels, with a name and boxes beside what is needed.
pub fn avc() -> Vec<u8> {
    let mut body = vec![0, 0, 0, 0, 0, 0, 0, 1];
    body.extend([0; 16]);
    body.extend([0, 64, 0, 48, 0, 0x48, 0, 0, 0, 0x48, 0, 0, 0, 0, 0, 0, 0, 1]);
    body.extend(&SECRET[..25]);
    body.extend([0; 7]);
    body.extend([0, 0x18, 0xFF, 0xFF]);
    let setup = b"\x01\x42\0\x1E\xFF\xE1\0\x04\x67\x42\0\x1E\x01\0\x02\x68\xCE";
    body.extend(boxed(b"avcC", &[&setup[..], SECRET].concat()));
    body.extend(boxed(b"pasp", &[0, 0, 0, 1, 0, 0, 0, 1]));
    body.extend(boxed(b"uuid", &[b"0123456789abcdef", SECRET].concat()));
    body
}

fn sound(version: u8) -> Vec<u8> {
    let mut body = vec![0, 0, 0, 0, 0, 0, 0, 1, 0, version, 0, 0, 0, 0, 0, 0];
    body.extend([0, 2, 0, 16, 0, 0, 0, 0, 0xBB, 0x80, 0, 0]);
    let setup = full(b"esds", b"\x03\x19\0\x01\0\x04\x11\x40\x15");
    if version == 0 {
        body.extend(setup);
    } else {
        body.extend([0; 16]);
        body.extend(boxed(
            b"wave",
            &[boxed(b"frma", b"mp4a"), setup, vec![0; 4]].concat(),
        ));
    }
    body
}

impl Reel {
    /// Samples that are numbers, `count` in each of `chunks`.
    fn samples(mark: u8, chunks: u8, count: u8) -> Vec<Vec<Vec<u8>>> {
        let sample = |chunk: u8, at: u8| vec![mark ^ (chunk * 16 + at); usize::from(at) * 7 + 20];
        (0..chunks)
            .map(|chunk| (0..count).map(|at| sample(chunk, at)).collect())
            .collect()
    }

    fn bytes(&self, number: usize, film: &Film, offsets: &[u64]) -> Vec<u8> {
        let samples: Vec<&Vec<u8>> = self.chunks.iter().flatten().collect();
        let count = samples.len();
        let duration = count * self.each as usize;
        let [a, b, c, d] = film.turn.map(|n| (n * 0x1_0000).to_be_bytes());
        let zero = [0; 4];
        let matrix = [a, b, zero, c, d, zero, zero, zero, [0x40, 0, 0, 0]].concat();
        let made = [0xE0, 1, 2, 3];
        let played = duration * film.timescale as usize / self.timescale.max(1) as usize;
        let head = [made, made, be(number), zero, be(played)].concat();
        let head = [
            &[0, 0, 0, 7],
            &head[..],
            &[0; 16],
            &matrix,
            &be(64 << 16),
            &be(48 << 16),
        ]
        .concat();
        let edits = [be(1), be(played), zero, [0, 1, 0, 0]].concat();

        let media = [
            made,
            made,
            self.timescale.to_be_bytes(),
            be(duration),
            [0x15, 0xC7, 0, 0],
        ]
        .concat();
        let handler = [&[0; 4], &self.handler[..], &[0; 12], SECRET, b"\0"].concat();
        let (name, entry) = &self.coding;
        let sizes: Vec<u8> = samples.iter().flat_map(|sample| be(sample.len())).collect();
        let runs = (1..)
            .zip(&self.chunks)
            .flat_map(|(at, chunk)| [be(at), be(chunk.len()), be(1)]);
        let runs: Vec<u8> = runs.flatten().collect();
        let shifted = offsets.iter().map(|at| at.wrapping_add_signed(film.shift));
        let offsets: Vec<u8> = if film.wide {
            shifted.flat_map(u64::to_be_bytes).collect()
        } else {
            shifted.flat_map(|at| (at as u32).to_be_bytes()).collect()
        };
        let chunks = be(self.chunks.len());
        let tables = [
            full(b"stsd", &[&be(1)[..], &boxed(name, entry)].concat()),
            full(
                b"stts",
                &[be(1), be(count), self.each.to_be_bytes()].concat(),
            ),
            full(b"ctts", &[be(1), be(count), be(0)].concat()),
            full(b"stss", &[be(1), be(1)].concat()),
            full(b"stsc", &[&chunks[..], &runs].concat()),
            full(b"stsz", &[&[0; 4], &be(count)[..], &sizes].concat()),
            full(
                if film.wide { b"co64" } else { b"stco" },
                &[&chunks[..], &offsets].concat(),
            ),
            full(b"sgpd", SECRET),
        ];
        let data = boxed(
            b"dinf",
            &full(
                b"dref",
                &[be(1).to_vec(), boxed(b"url ", &[0, 0, 0, 1])].concat(),
            ),
        );
        let information = [data, boxed(b"stbl", &tables.concat())].concat();
        let media = [
            full(b"mdhd", &media),
            full(b"hdlr", &handler),
            boxed(b"minf", &information),
        ];
        let track = [
            boxed(b"tkhd", &head),
            boxed(b"edts", &full(b"elst", &edits)),
            boxed(b"mdia", &media.concat()),
            place(),
            full(b"meta", SECRET),
        ];
        boxed(b"trak", &track.concat())
    }
}

impl Film {
    /// Pictures, sound, and where it was taken by the second; the tables come last.
    pub fn plain() -> Self {
        let pictures = Reel {
            handler: *b"vide",
            coding: (*b"avc1", avc()),
            chunks: Reel::samples(0x80, 3, 4),
            timescale: 600,
            each: 20,
        };
        let sound = Reel {
            handler: *b"soun",
            coding: (*b"mp4a", sound(0)),
            chunks: Reel::samples(0x40, 2, 5),
            timescale: 48_000,
            each: 1024,
        };
        let places = Reel {
            handler: *b"meta",
            coding: (*b"mebx", vec![0, 0, 0, 0, 0, 0, 0, 1]),
            chunks: vec![vec![SECRET.to_vec()], vec![SECRET.to_vec()]],
            timescale: 600,
            each: 10,
        };
        Self {
            brand: *b"isom",
            tables_first: false,
            wide: false,
            shift: 0,
            turn: [1, 0, 0, 1],
            reels: vec![pictures, sound, places],
            more: Vec::new(),
            timescale: 600,
        }
    }

    /// The same as an older iPhone writes it.
    pub fn quicktime() -> Self {
        let mut film = Self::plain();
        film.brand = *b"qt  ";
        film.wide = true;
        film.turn = [0, 1, -1, 0];
        film.reels[1].coding.1 = sound(1);
        film
    }

    /// The samples of a track, one after the other.
    pub fn samples(&self, reel: usize) -> Vec<u8> {
        self.reels[reel].chunks.concat().concat()
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let begin = boxed(b"ftyp", &[&self.brand[..], &[0; 4], &self.brand].concat());
        let free = boxed(b"free", SECRET);
        // The chunks of the tracks in turn.
        let mut media = Vec::new();
        let mut offsets = vec![Vec::new(); self.reels.len()];
        let most = self
            .reels
            .iter()
            .map(|reel| reel.chunks.len())
            .max()
            .unwrap_or(0);
        for chunk in 0..most {
            for (reel, offsets) in self.reels.iter().zip(&mut offsets) {
                if let Some(samples) = reel.chunks.get(chunk) {
                    offsets.push(media.len() as u64);
                    media.extend(samples.concat());
                }
            }
        }
        let tables = |at: usize| {
            let made = [0xE0, 1, 2, 3];
            let head = [made, made, self.timescale.to_be_bytes(), be(600)].concat();
            let head = [&head[..], &[0; 80]].concat();
            let mut body = full(b"mvhd", &head);
            for ((number, reel), offsets) in (1..).zip(&self.reels).zip(&offsets) {
                let offsets: Vec<u64> = offsets.iter().map(|offset| offset + at as u64).collect();
                body.extend(reel.bytes(number, self, &offsets));
            }
            body.extend(place());
            body.extend(full(b"meta", SECRET));
            body.extend(&self.more);
            boxed(b"moov", &body)
        };
        let own = boxed(b"uuid", &[b"0123456789abcdef", SECRET].concat());
        let media = boxed(b"mdat", &media);
        let parts = if self.tables_first {
            let at = begin.len() + free.len() + tables(0).len() + own.len() + 8;
            [begin, free, tables(at), own, media]
        } else {
            let at = begin.len() + free.len() + own.len() + 8;
            [begin, free, own, media, tables(at)]
        };
        parts.concat()
    }
}

/// What is found in a video by a reader of its own: the samples of each track, one after the other.
pub fn samples_of(bytes: &[u8]) -> Vec<Vec<u8>> {
    let moov = find(bytes, &[b"moov"]).expect("tables");
    let tracks = parts(moov).filter(|(name, _)| name == b"trak");
    let path: [&[u8; 4]; 3] = [b"mdia", b"minf", b"stbl"];
    tracks
        .map(|(_, track)| samples(bytes, find(track, &path).expect("tables")))
        .collect()
}

fn samples(file: &[u8], tables: &[u8]) -> Vec<u8> {
    let numbers = |name: &[u8; 4]| -> Vec<usize> {
        let body = find(tables, &[name]).expect("a table");
        let words = body.as_chunks::<4>().0.iter();
        words
            .map(|word| u32::from_be_bytes(*word) as usize)
            .collect()
    };
    let (sizes, runs, chunks) = (numbers(b"stsz"), numbers(b"stsc"), numbers(b"stco"));
    let mut sizes = sizes[3..].iter();
    let mut samples = Vec::new();
    let mut count = 0;
    for (number, at) in (1..).zip(&chunks[2..]) {
        let mut at = *at;
        let run = runs[2..].chunks(3).find(|run| run[0] == number);
        count = run.map_or(count, |run| run[1]);
        for size in sizes.by_ref().take(count) {
            samples.extend(&file[at..at + size]);
            at += size;
        }
    }
    samples
}

/// The boxes side by side in `bytes`.
pub fn parts(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let (size, rest) = bytes.split_first_chunk::<4>()?;
        let (name, _) = rest.split_first_chunk::<4>()?;
        let size = u32::from_be_bytes(*size) as usize;
        let body = &bytes[8..size];
        bytes = &bytes[size..];
        Some((*name, body))
    })
}

/// The content of the box at a path of names.
pub fn find<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(bytes, |bytes, name| {
        parts(bytes)
            .find(|(found, _)| found == *name)
            .map(|(_, body)| body)
    })
}
