//! How a track's samples are coded: written anew for the codings that browsers know, with what decoding needs.

use crate::boxes::{Child, Fields, children, write};
use crate::refusal::Refusal;

/// More than one is written when something changes in the middle; telephones write one.
const MOST: u32 = 8;

/// What a decoder is told beforehand, at most, in bytes; usual are a hundred.
const MOST_SETUP: usize = 8_192;

/// The descriptions of a track's samples.
#[derive(Debug)]
pub struct Descriptions {
    /// How many there are.
    pub count: u32,
    /// Width and height in the first one, in pixels; zeros for sound.
    pub size: (u16, u16),
    /// The content of the `stsd` box.
    pub bytes: Vec<u8>,
}

impl Descriptions {
    /// From what is in the `stsd` box. `None` when a coding is not among those that are known.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn read(body: &[u8], is_picture: bool) -> Result<Option<Self>, Refusal> {
        let mut fields = Fields(body);
        fields.version()?;
        let count = fields.u32()?;
        if !(1..=MOST).contains(&count) {
            return Err(Refusal::NotSupported("its coding changes too often"));
        }
        let mut bytes = vec![0; 4];
        bytes.extend(count.to_be_bytes());
        let mut size = None;
        let mut written = 0;
        for entry in children(fields.0) {
            let entry = entry?;
            if is_picture {
                let Some(found) = picture(&mut bytes, entry)? else {
                    return Ok(None);
                };
                size.get_or_insert(found);
            } else if !sound(&mut bytes, entry)? {
                return Ok(None);
            }
            written += 1;
        }
        if written != count {
            return Err(Refusal::Broken("its codings are not counted right"));
        }
        Ok(Some(Self {
            count,
            size: size.unwrap_or_default(),
            bytes,
        }))
    }
}

/// Writes the description of coded pictures anew; answers their width and height. `None` for an unknown coding.
fn picture(out: &mut Vec<u8>, entry: Child<'_>) -> Result<Option<(u16, u16)>, Refusal> {
    let setup: &[u8; 4] = match &entry.name {
        b"avc1" | b"avc3" => b"avcC",
        b"hvc1" | b"hev1" => b"hvcC",
        b"av01" => b"av1C",
        b"vp09" => b"vpcC",
        _ => return Ok(None),
    };
    let mut fields = Fields(entry.body);
    fields.bytes(24)?;
    let size = (fields.u16()?, fields.u16()?);
    // Resolution, frames for a sample, the name of the program that coded it, depth.
    fields.bytes(50)?;
    let mut extras = Vec::new();
    let mut is_set_up = false;
    for child in children(fields.0) {
        let Child { name, body } = child?;
        if &name == setup {
            let body = match setup {
                b"avcC" => avc(body)?,
                b"hvcC" => hevc(body)?,
                _ => bounded(body)?.to_vec(),
            };
            is_set_up = true;
            write(&mut extras, setup, |out| out.extend(&body));
        } else if let Some(body) = look(name, body) {
            write(&mut extras, &name, |out| out.extend(&body));
        }
    }
    if !is_set_up {
        return Err(Refusal::Broken("its coding is not described"));
    }
    write(out, &entry.name, |out| {
        out.extend([0, 0, 0, 0, 0, 0, 0, 1]);
        out.extend([0; 16]);
        out.extend(size.0.to_be_bytes());
        out.extend(size.1.to_be_bytes());
        // 72 dots for an inch, across and down, as everywhere; a reserved word; one frame for a sample; no name.
        out.extend([0, 0x48, 0, 0, 0, 0x48, 0, 0, 0, 0, 0, 0, 0, 1]);
        out.extend([0; 32]);
        out.extend([0, 0x18, 0xFF, 0xFF]);
        out.extend(&extras);
    });
    Ok(Some(size))
}

/// What the pictures look like: the shape of a pixel, and colours by numbers (a profile is left out). `None` for what
/// is left out.
fn look(name: [u8; 4], body: &[u8]) -> Option<Vec<u8>> {
    match (&name, body) {
        (b"pasp", [_, _, _, _, _, _, _, _])
        | (b"colr", [b'n', b'c', b'l', b'x', _, _, _, _, _, _, _])
        | (b"clli", [_, _, _, _]) => Some(body.to_vec()),
        (b"mdcv", _) if body.len() == 24 => Some(body.to_vec()),
        // QuickTime's form says nothing about the range, which is the narrow one then.
        (b"colr", [b'n', b'c', b'l', b'c', numbers @ ..]) if numbers.len() == 6 => {
            Some([b"nclx", numbers, &[0]].concat())
        }
        _ => None,
    }
}

/// Writes the description of coded sound anew; answers whether its coding is known.
fn sound(out: &mut Vec<u8>, entry: Child<'_>) -> Result<bool, Refusal> {
    let setup: &[u8; 4] = match &entry.name {
        b"mp4a" => b"esds",
        b"Opus" => b"dOps",
        _ => return Ok(false),
    };
    let mut fields = Fields(entry.body);
    fields.bytes(8)?;
    let version = fields.u16()?;
    fields.bytes(6)?;
    let form = fields.bytes(4)?;
    fields.bytes(4)?;
    let rate = fields.bytes(4)?;
    match version {
        0 => {}
        // QuickTime's, with four numbers more.
        1 => {
            fields.bytes(16)?;
        }
        _ => return Ok(false),
    }
    let mut found = None;
    for child in children(fields.0) {
        let Child { name, body } = child?;
        if &name == setup {
            found = Some(body);
        } else if &name == b"wave" {
            // Where QuickTime puts it.
            for child in children(body) {
                let child = child?;
                if &child.name == setup {
                    found = Some(child.body);
                }
            }
        }
    }
    let body = bounded(found.ok_or(Refusal::Broken("its coding is not described"))?)?;
    write(out, &entry.name, |out| {
        out.extend([0, 0, 0, 0, 0, 0, 0, 1]);
        out.extend([0; 8]);
        out.extend(form);
        out.extend([0; 4]);
        out.extend(rate);
        write(out, setup, |out| out.extend(body));
    });
    Ok(true)
}

fn bounded(body: &[u8]) -> Result<&[u8], Refusal> {
    if body.len() > MOST_SETUP {
        return Err(Refusal::NotSupported(
            "its coding is described at too great length",
        ));
    }
    Ok(body)
}

/// The parameter sets of H.264, and nothing that hangs behind them.
fn avc(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut fields = Fields(bounded(body)?);
    let head = fields.array::<5>()?;
    let mut out = head.to_vec();
    // Those of the sequence, with three bits that are set, and those of the picture.
    for mask in [0x1F, 0xFF] {
        let count = fields.u8()?;
        out.push(count);
        for _ in 0..count & mask {
            copy_unit(&mut fields, &mut out)?;
        }
    }
    // The higher profiles tell their depth here.
    if matches!(head[1], 100 | 110 | 122 | 144 | 244) && fields.0.len() >= 4 {
        out.extend(fields.bytes(3)?);
        let count = fields.u8()?;
        out.push(count);
        for _ in 0..count {
            copy_unit(&mut fields, &mut out)?;
        }
    }
    Ok(out)
}

/// The parameter sets of H.265: remarks, which may stand beside them, are left out.
fn hevc(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut fields = Fields(bounded(body)?);
    let mut out = fields.bytes(22)?.to_vec();
    let arrays = fields.u8()?;
    let mut kept = 0;
    out.push(0);
    for _ in 0..arrays {
        let kind = fields.u8()?;
        let count = fields.u16()?;
        let mut units = Vec::new();
        for _ in 0..count {
            copy_unit(&mut fields, &mut units)?;
        }
        if matches!(kind & 0x3F, 32..=34) {
            kept += 1;
            out.push(kind);
            out.extend(count.to_be_bytes());
            out.extend(units);
        }
    }
    if let Some(place) = out.get_mut(22) {
        *place = kept;
    }
    Ok(out)
}

/// Copies a unit, with its length before it.
fn copy_unit(fields: &mut Fields<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
    let length = fields.u16()?;
    out.extend(length.to_be_bytes());
    out.extend(fields.bytes(length.into())?);
    Ok(())
}
