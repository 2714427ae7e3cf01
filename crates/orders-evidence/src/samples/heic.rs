//! HEIC files, built around one coded picture of 512 by 512 pixels.

use super::{SECRET, exif, has, xmp};

/// A file whose parts can be replaced by wrong ones.
pub struct File {
    /// The setup of the decoder.
    pub setup: Vec<u8>,
    /// The coded picture.
    pub picture: Vec<u8>,
    /// Rows and columns of the grid; none for one picture.
    pub grid: Option<(u8, u8)>,
    /// Width and height that the grid promises.
    pub size: (u32, u32),
    /// How it is to be turned: names of properties, with a byte each.
    pub turns: Vec<(&'static [u8; 4], u8)>,
    /// How many tiles there are; as many as the grid has.
    pub tiles: u16,
    /// How the places of the items are told: 0 within the file, 2 within an item.
    pub construction: u8,
    /// Added to the offset of every tile.
    pub shift: u32,
    /// Whether all tiles are the same bytes.
    pub shared: bool,
}

/// A box.
pub fn boxed(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).expect("short");
    [&size.to_be_bytes()[..], name, body].concat()
}

fn be16(number: usize) -> [u8; 2] {
    u16::try_from(number).expect("small").to_be_bytes()
}

fn be32(number: usize) -> [u8; 4] {
    u32::try_from(number).expect("small").to_be_bytes()
}

/// The content of the first box of that name, wherever it is.
fn found(bytes: &[u8], name: &[u8; 4]) -> Vec<u8> {
    let at = bytes
        .windows(4)
        .position(|window| window == name)
        .expect("a box");
    let size = u32::from_be_bytes(bytes[at - 4..at].try_into().expect("a size")) as usize;
    bytes[at + 4..at - 4 + size].to_vec()
}

impl File {
    /// One picture.
    pub fn plain() -> Self {
        let fixture = include_bytes!("fixtures/quadrants.heic");
        assert!(!has(fixture, SECRET));
        Self {
            setup: found(fixture, b"hvcC"),
            picture: found(fixture, b"mdat"),
            grid: None,
            size: (512, 512),
            turns: Vec::new(),
            tiles: 1,
            construction: 0,
            shift: 0,
            shared: false,
        }
    }

    /// As many tiles; the last row and column are cut by half.
    pub fn grid(rows: u8, columns: u8) -> Self {
        let side = |count: u8| u32::from(count) * 512 - 256;
        Self {
            grid: Some((rows, columns)),
            size: (side(columns), side(rows)),
            tiles: u16::from(rows) * u16::from(columns),
            ..Self::plain()
        }
    }

    /// The file, with Exif and XMP and unknown boxes.
    pub fn bytes(&self) -> Vec<u8> {
        let begin = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
        let secret = boxed(b"uuid", &[b"0123456789abcdef", SECRET].concat());
        let length = self.catalogue(0).len();
        let at = begin.len() + secret.len() + length + 8;
        let media = boxed(b"mdat", &self.media().concat());
        let catalogue = self.catalogue(at);
        [
            begin,
            secret.clone(),
            catalogue,
            media,
            secret,
            SECRET.to_vec(),
        ]
        .concat()
    }

    /// What the items are, in their order: the tiles, the grid, Exif, XMP.
    fn media(&self) -> Vec<Vec<u8>> {
        let tiles = if self.shared { 1 } else { self.tiles };
        let mut media: Vec<_> = (0..tiles).map(|_| self.picture.clone()).collect();
        if let Some((rows, columns)) = self.grid {
            let (width, height) = (self.size.0.to_be_bytes(), self.size.1.to_be_bytes());
            let form = [0, 1, rows - 1, columns - 1];
            media.push([&form[..], &width, &height].concat());
        }
        media.push([&[0; 4], &exif(6)[..]].concat());
        media.push(xmp());
        media
    }

    fn catalogue(&self, at: usize) -> Vec<u8> {
        let tiles = usize::from(self.tiles);
        let last = tiles + usize::from(self.grid.is_some());
        let primary = last;
        let (exif, xmp) = (last + 1, last + 2);

        let item = |id: usize, kind: &[u8; 4], rest: &[u8]| {
            let head = [&[2, 0, 0, 0], &be16(id)[..], &[0, 0], kind, b"\0"].concat();
            boxed(b"infe", &[&head[..], rest].concat())
        };
        let mut items: Vec<_> = (1..=tiles).map(|id| item(id, b"hvc1", b"")).collect();
        if self.grid.is_some() {
            items.push(item(primary, b"grid", b""));
        }
        items.push(item(exif, b"Exif", b""));
        items.push(item(xmp, b"mime", b"application/rdf+xml\0"));
        let items = boxed(
            b"iinf",
            &[&[0; 4], &be16(items.len())[..], &items.concat()].concat(),
        );

        let media = self.media();
        let mut offset = at;
        let mut places = Vec::new();
        let mut of_media = media.iter();
        for id in 1..=xmp {
            let is_tile = id <= tiles;
            let shared = self.shared && is_tile && id > 1;
            let length = if shared {
                media[0].len()
            } else {
                of_media.next().expect("an item").len()
            };
            let begin = if shared { at } else { offset };
            let shift = if is_tile { self.shift as usize } else { 0 };
            places.extend([&be16(id)[..], &[0, self.construction], &[0, 0], &be16(1)].concat());
            places.extend([be32(1), be32(begin + shift), be32(length)].concat());
            offset += if shared { 0 } else { length };
        }
        let places = boxed(
            b"iloc",
            &[&[1, 0, 0, 0, 0x44, 0x04], &be16(xmp)[..], &places].concat(),
        );

        let reference = |kind: &[u8; 4], from: usize, to: Vec<usize>| {
            let to: Vec<u8> = to.iter().flat_map(|id| be16(*id)).collect();
            boxed(kind, &[&be16(from)[..], &be16(to.len() / 2), &to].concat())
        };
        let mut references = vec![0; 4];
        if self.grid.is_some() {
            references.extend(reference(b"dimg", primary, (1..=tiles).collect()));
        }
        references.extend(reference(b"cdsc", exif, vec![primary]));
        let references = boxed(b"iref", &references);

        let size = |width: u32, height: u32| {
            boxed(
                b"ispe",
                &[&[0; 4], &width.to_be_bytes()[..], &height.to_be_bytes()].concat(),
            )
        };
        let turns = self
            .turns
            .iter()
            .map(|(name, value)| boxed(name, &[*value]));
        let properties = [
            boxed(b"hvcC", &self.setup),
            size(512, 512),
            size(self.size.0, self.size.1),
            turns.flat_map(|property| property.into_iter()).collect(),
        ];
        let properties = boxed(b"ipco", &properties.concat());
        let turns = (0..self.turns.len()).map(|at| at as u8 + 4);
        let mut uses = Vec::new();
        for id in 1..=tiles {
            let mut list = vec![0x81, 2];
            if id == primary {
                list.extend(turns.clone());
            }
            uses.extend([&be16(id)[..], &[list.len() as u8], &list].concat());
        }
        if self.grid.is_some() {
            let list: Vec<u8> = [3].into_iter().chain(turns).collect();
            uses.extend([&be16(primary)[..], &[list.len() as u8], &list].concat());
        }
        let used = tiles + usize::from(self.grid.is_some());
        let uses = boxed(b"ipma", &[&[0; 4], &be32(used)[..], &uses].concat());
        let properties = boxed(b"iprp", &[properties, uses].concat());

        let handler = boxed(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0");
        let primary = boxed(b"pitm", &[&[0; 4], &be16(primary)[..]].concat());
        let body = [
            vec![0; 4],
            handler,
            primary,
            places,
            items,
            references,
            properties,
        ]
        .concat();
        boxed(b"meta", &body)
    }
}
