//! The module file, `.tbc`: header and chunks, each length-checked; and [`code_hash`], by which the VM knows equal code.
//!
//! ```text
//! "TBC\n"   format version: u32   hash of all that follows: 16 bytes
//! chunk*    name: 4 bytes   length: u32   bytes          (numbers little-endian; inside chunks LEB128)
//! ```
//! Reading never panics, and memory stays within a fixed multiple of the input's size. What is read is not trusted: the
//! verifier comes next. The hash finds damaged files; it is no defence against an attacker.

mod constants;
mod tables;

use std::fmt;

use crate::module::*;
use crate::operand::{AtomIx, FnIx, Operand};
use crate::reader::{DecodeError, Reader, put_blob};
use constants::{get_const, put_const};
use tables::*;

const MAGIC: &[u8; 4] = b"TBC\n";

/// Changes whenever the instruction table or a chunk changes.
pub const FORMAT_VERSION: u32 = 1;

const HEADER: usize = 4 + 4 + 16;

/// Why a file is no module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It does not start like a module file.
    NotAModule,
    /// It was written for another version of the format.
    Version(u32),
    /// Its bytes are not those that were written: damaged or cut off.
    Damaged,
    /// A chunk that must be there is missing.
    MissingChunk(&'static str),
    /// A chunk stands twice, or nobody knows its name.
    UnexpectedChunk(String),
    /// The contents of a chunk make no sense.
    BadChunk(String, DecodeError),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileError::NotAModule => f.write_str("corrupt file header"),
            FileError::Version(v) => write!(
                f,
                "format version {v}, this VM reads {FORMAT_VERSION}: compile it again"
            ),
            FileError::Damaged => f.write_str("damaged or incomplete file"),
            FileError::MissingChunk(c) => write!(f, "missing {c} chunk"),
            FileError::UnexpectedChunk(c) => write!(f, "unexpected chunk {c:?}"),
            FileError::BadChunk(c, e) => write!(f, "corrupt {c} chunk: {e}"),
        }
    }
}

impl std::error::Error for FileError {}

type Put = fn(&Module, &mut Vec<u8>);
type Get = fn(&mut Module, &mut Reader<'_>) -> Result<(), DecodeError>;

struct Chunk {
    name: &'static str,
    /// Without it there is no module.
    required: bool,
    /// Does it count for [`code_hash`]? Positions do not: an edit elsewhere in a file moves them.
    code: bool,
    /// Left out when the module has nothing for it.
    present: fn(&Module) -> bool,
    put: Put,
    get: Get,
}

const fn chunk(name: &'static str, code: bool, put: Put, get: Get) -> Chunk {
    Chunk {
        name,
        required: true,
        code,
        present: |_| true,
        put,
        get,
    }
}

const CHUNKS: &[Chunk] = &[
    chunk("ATOM", true, put_atoms, |m, r| {
        m.atoms = r.list(1, Reader::string)?;
        m.name = AtomIx::decode(r)?;
        Ok(())
    }),
    chunk(
        "CONS",
        true,
        |m, out| put_all(&m.consts, out, put_const),
        |m, r| {
            m.consts = r.list(1, get_const)?;
            Ok(())
        },
    ),
    chunk("IMPT", true, put_imports, get_imports),
    chunk("EXPT", true, put_exports, get_exports),
    chunk("CODE", true, put_functions, get_functions),
    chunk("FUNS", true, put_lambdas, get_lambdas),
    chunk("LINE", false, put_lines, get_lines),
    chunk(
        "ATTR",
        // As in OTP: the version that `-vsn` is by default is this very hash.
        false,
        |m, out| put_const(&m.attributes, out),
        |m, r| {
            m.attributes = get_const(r)?;
            Ok(())
        },
    ),
    chunk(
        "CINF",
        false,
        |m, out| put_const(&m.compile_info, out),
        |m, r| {
            m.compile_info = get_const(r)?;
            Ok(())
        },
    ),
    Chunk {
        required: false,
        present: |m| !m.records.is_empty(),
        ..chunk("RECS", false, put_records, get_records)
    },
    Chunk {
        required: false,
        present: |m| m.on_load.is_some(),
        ..chunk(
            "LOAD",
            true,
            |m, out| m.on_load.unwrap_or_default().encode(out),
            |m, r| {
                m.on_load = Some(FnIx::decode(r)?);
                Ok(())
            },
        )
    },
    Chunk {
        required: false,
        present: |m| m.source.is_some(),
        ..chunk(
            "PATH",
            false,
            |m, out| put_blob(out, m.source.as_deref().unwrap_or_default().as_bytes()),
            |m, r| {
                m.source = Some(r.string()?);
                Ok(())
            },
        )
    },
    Chunk {
        required: false,
        present: |m| m.docs.is_some(),
        ..chunk(
            "DOCS",
            false,
            |m, out| put_const(m.docs.as_ref().unwrap_or(&Const::Nil), out),
            |m, r| {
                m.docs = Some(get_const(r)?);
                Ok(())
            },
        )
    },
    Chunk {
        required: false,
        present: |m| !m.extra.is_empty(),
        ..chunk("XTRA", false, put_extra, get_extra)
    },
];

impl Module {
    /// The file form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut chunks = Vec::new();
        for c in CHUNKS.iter().filter(|c| (c.present)(self)) {
            put_chunk(self, c, &mut chunks);
        }
        with_header(&chunks)
    }

    /// Reads the file form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Module, FileError> {
        if bytes.len() < HEADER || &bytes[..4] != MAGIC {
            return Err(FileError::NotAModule);
        }
        let version = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
        if version != FORMAT_VERSION {
            return Err(FileError::Version(version));
        }
        if hash128(&bytes[HEADER..]) != bytes[8..HEADER] {
            return Err(FileError::Damaged);
        }
        read_chunks(&bytes[HEADER..])
    }

    /// The file form of a module of an image, which is part of an executable: its code hash is computed here, once, and not at every start.
    pub fn to_image_bytes(mut self) -> Vec<u8> {
        let bytes = code_hash(&self).to_vec();
        let name = IMAGE_HASH.to_owned();
        self.extra.push(ExtraChunk { name, bytes });
        self.to_bytes()
    }

    /// Reads what [`Module::to_image_bytes`] wrote, with its code hash. Never for a file: anybody could have changed it, while damage to the
    /// image is damage to the executable. Debug builds check all the same.
    pub fn from_image_bytes(bytes: &[u8]) -> Result<(Module, [u8; 16]), FileError> {
        let mut m = if cfg!(debug_assertions) {
            Module::from_bytes(bytes)?
        } else {
            read_chunks(bytes.get(HEADER..).ok_or(FileError::NotAModule)?)?
        };
        let at = m.extra.iter().position(|c| c.name == IMAGE_HASH);
        let found = at.map(|at| m.extra.swap_remove(at).bytes);
        let hash = match found.and_then(|b| <[u8; 16]>::try_from(b).ok()) {
            Some(hash) => hash,
            None => code_hash(&m),
        };
        debug_assert_eq!(hash, code_hash(&m));
        Ok((m, hash))
    }
}

/// The file of these chunks, each with its name and length; whether they make a module is not looked at.
pub fn with_header(chunks: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER + chunks.len());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    out.extend_from_slice(&hash128(chunks));
    out.extend_from_slice(chunks);
    out
}

/// The extra chunk with the code hash of a module of an image.
const IMAGE_HASH: &str = "HASH";

/// Tells code apart: equal for two modules that run alike, whatever their paths, positions, documentation and compile options.
pub fn code_hash(m: &Module) -> [u8; 16] {
    let mut out = Vec::new();
    for c in CHUNKS.iter().filter(|c| c.code && (c.present)(m)) {
        put_chunk(m, c, &mut out);
    }
    hash128(&out)
}

/// FNV-1a over 128 bits.
pub fn hash128(bytes: &[u8]) -> [u8; 16] {
    let mut h = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for &b in bytes {
        h ^= u128::from(b);
        h = h.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    h.to_le_bytes()
}

fn put_chunk(m: &Module, c: &Chunk, out: &mut Vec<u8>) {
    out.extend_from_slice(c.name.as_bytes());
    let at = out.len();
    out.extend_from_slice(&[0; 4]);
    (c.put)(m, out);
    let len = u32::try_from(out.len() - at - 4).expect("invariant: a chunk is smaller than 4 GiB");
    out[at..at + 4].copy_from_slice(&len.to_le_bytes());
}

fn read_chunks(mut rest: &[u8]) -> Result<Module, FileError> {
    let mut m = Module::default();
    let mut seen = [false; CHUNKS.len()];
    while !rest.is_empty() {
        let Some((head, body)) = rest.split_at_checked(8) else {
            return Err(FileError::Damaged);
        };
        let name = String::from_utf8_lossy(&head[..4]).into_owned();
        let len = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let Some((body, after)) = body.split_at_checked(len) else {
            return Err(FileError::Damaged);
        };
        rest = after;
        match CHUNKS.iter().position(|c| c.name == name) {
            Some(i) if !seen[i] => {
                seen[i] = true;
                let mut r = Reader::new(body);
                (CHUNKS[i].get)(&mut m, &mut r)
                    .and_then(|()| r.end())
                    .map_err(|e| FileError::BadChunk(name, e))?;
            }
            Some(_) => return Err(FileError::UnexpectedChunk(name)),
            // What tools add for themselves (`beam_lib:build_module/1`): it stays in the file, and the module is the same.
            None => {}
        }
    }
    match CHUNKS
        .iter()
        .zip(seen)
        .find(|(c, seen)| c.required && !seen)
    {
        Some((c, _)) => Err(FileError::MissingChunk(c.name)),
        None => Ok(m),
    }
}

#[cfg(test)]
mod tests;
