//! Character tables for ISO Latin-1: OTP's `\w`, classes and caseless matching know the letters of that alphabet without asking for
//! Unicode. PCRE2 makes tables for its plain C locale; the upper half is filled in here.
//!
//! ```text
//!  lower case 256 | other case 256 | ten bitmaps of 32 bytes | kinds 256        (pcre2api, "Locale support")
//! ```

use pcre2_sys as sys;
use std::ptr;
use std::sync::OnceLock;

const OTHER_CASE: usize = 256;
const BITMAPS: usize = 512;
const BITMAP: usize = 32;
const KINDS: usize = BITMAPS + 10 * BITMAP;
const LENGTH: usize = KINDS + 256;

/// The tables; constant once made, and shared by all patterns. `None` when there was no memory: the C locale is used.
pub fn latin1() -> Option<&'static [u8; LENGTH]> {
    static TABLES: OnceLock<Option<Box<[u8; LENGTH]>>> = OnceLock::new();
    TABLES.get_or_init(make).as_deref()
}

fn make() -> Option<Box<[u8; LENGTH]>> {
    // SAFETY: a null context means the default allocator.
    let plain = unsafe { sys::pcre2_maketables_8(ptr::null_mut()) };
    if plain.is_null() {
        return None;
    }
    let mut tables = Box::new([0; LENGTH]);
    // SAFETY: PCRE2 documents tables of this length; they are freed right after the copy, with the allocator that made them.
    unsafe {
        ptr::copy_nonoverlapping(plain, tables.as_mut_ptr(), LENGTH);
        sys::pcre2_maketables_free_8(ptr::null_mut(), plain);
    }
    for c in 128..=255 {
        // A character of the lower half that is of the same kind.
        let like = match c {
            128..=159 => 1,
            170 | 181 | 186 | 223..=246 | 248..=255 => b'g',
            192..=214 | 216..=222 => b'G',
            _ => b'#',
        };
        tables[KINDS + c] = tables[KINDS + usize::from(like)];
        for map in 0..10 {
            let at = |c: usize| (BITMAPS + map * BITMAP + c / 8, 1 << (c % 8));
            let (from, mask) = at(usize::from(like));
            let (to, bit) = at(c);
            if tables[from] & mask != 0 {
                tables[to] |= bit;
            }
        }
        let (lower, other) = match c {
            192..=214 | 216..=222 => (c + 32, c + 32),
            224..=246 | 248..=254 => (c, c - 32),
            _ => (c, c),
        };
        tables[c] = lower as u8;
        tables[OTHER_CASE + c] = other as u8;
    }
    Some(tables)
}
