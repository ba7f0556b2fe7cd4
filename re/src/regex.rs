//! The compiled pattern and the search. All calls into PCRE2 are here.
//!
//! A compiled pattern is never changed after [`Regex::new`], so threads share it. What a search needs to write (offsets, limits) lies in a
//! [`Scratch`], one per search at a time, kept for the next.

use crate::{Settings, flag, messages, tables};
use pcre2_sys as sys;
use std::os::raw::c_int;
use std::ptr::{self, NonNull};
use std::sync::{Mutex, PoisonError};

/// Memory that one search may take for backtracking, in kibibytes. More is reported like too deep a recursion.
const HEAP_LIMIT_KIB: u32 = 256 * 1024;
/// Scratches kept for later searches of the same pattern.
const KEPT: usize = 4;

/// A pattern that cannot be read: what is wrong and at which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// In the words of PCRE 8.
    pub message: String,
    /// Offset into the pattern.
    pub at: usize,
}

/// Start and end of each group, the whole match first; `None` for a group that took no part.
pub type Groups = Vec<Option<(usize, usize)>>;

/// Which bound a search met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// Too many steps.
    Steps,
    /// Too much memory or depth for backtracking.
    Depth,
}

/// The outcome of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The groups, up to the last that took part.
    Match(Groups),
    /// There is none.
    NoMatch,
    /// Given up.
    Limit(LimitKind),
    /// Another error of PCRE2, by its number (recursion loops, for example).
    Failed(i32),
}

/// What is searched.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// Bytes; a Unicode pattern checks them at each search.
    Bytes(&'a [u8]),
    /// Text, known to be UTF-8.
    Text(&'a str),
}

impl<'a> Subject<'a> {
    /// The bytes.
    pub fn bytes(self) -> &'a [u8] {
        match self {
            Subject::Bytes(bytes) => bytes,
            Subject::Text(text) => text.as_bytes(),
        }
    }
}

/// One search.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request {
    /// Where it starts.
    pub from: usize,
    /// Match only there?
    pub anchored: bool,
    /// The subject's start is no line start.
    pub not_bol: bool,
    /// The subject's end is no line end.
    pub not_eol: bool,
    /// An empty match does not count.
    pub not_empty: bool,
    /// An empty match at the start does not count.
    pub not_empty_at_start: bool,
    /// Most steps; the library's default otherwise.
    pub steps: Option<u32>,
    /// Greatest depth; the library's default otherwise.
    pub depth: Option<u32>,
    /// Count steps exactly, as the interpreter does (compiled code counts fewer).
    pub exact: bool,
}

/// A compiled pattern.
pub struct Regex {
    code: NonNull<sys::pcre2_code_8>,
    groups: usize,
    unicode: bool,
    names: Vec<(Vec<u8>, usize)>,
    scratches: Mutex<Vec<Scratch>>,
}

// SAFETY: PCRE2 documents compiled code as read-only for matching; the scratches are behind a lock.
unsafe impl Send for Regex {}
// SAFETY: as above.
unsafe impl Sync for Regex {}

impl Drop for Regex {
    fn drop(&mut self) {
        // SAFETY: the code was made by `pcre2_compile` and is freed once, here.
        unsafe { sys::pcre2_code_free_8(self.code.as_ptr()) }
    }
}

/// What one search writes to.
struct Scratch {
    data: NonNull<sys::pcre2_match_data_8>,
    context: NonNull<sys::pcre2_match_context_8>,
}

// SAFETY: both are plain memory without ties to a thread; one search uses them at a time.
unsafe impl Send for Scratch {}

impl Drop for Scratch {
    fn drop(&mut self) {
        // SAFETY: both were made in `Scratch::new` and are freed once, here.
        unsafe {
            sys::pcre2_match_data_free_8(self.data.as_ptr());
            sys::pcre2_match_context_free_8(self.context.as_ptr());
        }
    }
}

impl Scratch {
    fn new(code: NonNull<sys::pcre2_code_8>) -> Option<Scratch> {
        // SAFETY: `code` is alive; a null general context means the default allocator.
        let (data, context) = unsafe {
            (
                sys::pcre2_match_data_create_from_pattern_8(code.as_ptr(), ptr::null_mut()),
                sys::pcre2_match_context_create_8(ptr::null_mut()),
            )
        };
        match (NonNull::new(data), NonNull::new(context)) {
            (Some(data), Some(context)) => Some(Scratch { data, context }),
            (data, context) => {
                // SAFETY: each is what its function made, or null, which both accept.
                unsafe {
                    sys::pcre2_match_data_free_8(data.map_or(ptr::null_mut(), NonNull::as_ptr));
                    sys::pcre2_match_context_free_8(
                        context.map_or(ptr::null_mut(), NonNull::as_ptr),
                    );
                }
                None
            }
        }
    }
}

/// Pairs of our flags and PCRE2's.
const FLAGS: [(u32, u32); 14] = [
    (flag::UNICODE, sys::PCRE2_UTF),
    (flag::ANCHORED, sys::PCRE2_ANCHORED),
    (flag::CASELESS, sys::PCRE2_CASELESS),
    (flag::DOLLAR_ENDONLY, sys::PCRE2_DOLLAR_ENDONLY),
    (flag::DOTALL, sys::PCRE2_DOTALL),
    (flag::EXTENDED, sys::PCRE2_EXTENDED),
    (flag::FIRSTLINE, sys::PCRE2_FIRSTLINE),
    (flag::MULTILINE, sys::PCRE2_MULTILINE),
    (flag::NO_AUTO_CAPTURE, sys::PCRE2_NO_AUTO_CAPTURE),
    (flag::DUPNAMES, sys::PCRE2_DUPNAMES),
    (flag::UNGREEDY, sys::PCRE2_UNGREEDY),
    (flag::NO_START_OPTIMIZE, sys::PCRE2_NO_START_OPTIMIZE),
    (flag::UCP, sys::PCRE2_UCP),
    (flag::NEVER_UTF, sys::PCRE2_NEVER_UTF),
];

impl Regex {
    /// Compiles. With `fast`, machine code is made too: worth it for a pattern used more than a few times.
    pub fn new(pattern: &[u8], settings: &Settings, fast: bool) -> Result<Regex, CompileError> {
        let mut options = FLAGS
            .iter()
            .filter(|(ours, _)| settings.flags & ours != 0)
            .fold(0, |all, (_, theirs)| all | theirs);
        // PCRE2 10.45 looks for a first byte of `\w` in UTF-8 as if only ASCII had letters, which the tables for Latin-1 contradict.
        if settings.flags & (flag::UNICODE | flag::UCP) == flag::UNICODE
            && pattern.windows(2).any(|w| w == b"\\w")
        {
            options |= sys::PCRE2_NO_START_OPTIMIZE;
        }
        let code = compile(pattern, options, settings)?;
        if fast {
            // SAFETY: the code is alive and nobody else has it yet. Without machine code the interpreter is used.
            let _slow = unsafe { sys::pcre2_jit_compile_8(code.as_ptr(), sys::PCRE2_JIT_COMPLETE) };
        }
        let groups = info::<u32>(code, sys::PCRE2_INFO_CAPTURECOUNT) as usize;
        Ok(Regex {
            code,
            groups,
            unicode: info::<u32>(code, sys::PCRE2_INFO_ALLOPTIONS) & sys::PCRE2_UTF != 0,
            names: names(code),
            scratches: Mutex::new(Vec::new()),
        })
    }

    /// Groups in parentheses.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// Is the subject read as UTF-8?
    pub fn is_unicode(&self) -> bool {
        self.unicode
    }

    /// Names and numbers of groups, by name; a name occurs once for each group that has it.
    pub fn names(&self) -> &[(Vec<u8>, usize)] {
        &self.names
    }

    /// Searches; a start outside the subject finds nothing.
    pub fn find(&self, subject: Subject<'_>, request: &Request) -> Found {
        if request.from > subject.bytes().len() {
            return Found::NoMatch;
        }
        let kept = self
            .scratches
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let Some(scratch) = kept.or_else(|| Scratch::new(self.code)) else {
            return Found::Limit(LimitKind::Depth);
        };
        let found = self.find_with(&scratch, subject, request);
        let mut kept = self
            .scratches
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(scratch);
        }
        found
    }

    fn find_with(&self, scratch: &Scratch, subject: Subject<'_>, request: &Request) -> Found {
        let context = scratch.context.as_ptr();
        // SAFETY: the context is alive and ours; these only store numbers in it.
        unsafe {
            sys::pcre2_set_match_limit_8(context, request.steps.unwrap_or(10_000_000));
            sys::pcre2_set_depth_limit_8(context, request.depth.unwrap_or(u32::MAX));
            sys::pcre2_set_heap_limit_8(context, HEAP_LIMIT_KIB);
        }
        let mut options = 0;
        for (wanted, option) in [
            (request.anchored, sys::PCRE2_ANCHORED),
            (request.not_bol, sys::PCRE2_NOTBOL),
            (request.not_eol, sys::PCRE2_NOTEOL),
            (request.not_empty, sys::PCRE2_NOTEMPTY),
            (request.not_empty_at_start, sys::PCRE2_NOTEMPTY_ATSTART),
            (request.exact, sys::PCRE2_NO_JIT),
        ] {
            if wanted {
                options |= option;
            }
        }
        if let Subject::Text(text) = subject
            && text.is_char_boundary(request.from)
        {
            options |= sys::PCRE2_NO_UTF_CHECK;
        }
        let subject = subject.bytes();
        let mut answer = self.call(scratch, subject, request.from, options);
        if answer == sys::PCRE2_ERROR_JIT_STACKLIMIT {
            answer = self.call(scratch, subject, request.from, options | sys::PCRE2_NO_JIT);
        }
        match answer {
            n if n > 0 => Found::Match(self.groups_of(scratch, n as usize)),
            sys::PCRE2_ERROR_NOMATCH => Found::NoMatch,
            sys::PCRE2_ERROR_MATCHLIMIT => Found::Limit(LimitKind::Steps),
            sys::PCRE2_ERROR_DEPTHLIMIT
            | sys::PCRE2_ERROR_HEAPLIMIT
            | sys::PCRE2_ERROR_NOMEMORY => Found::Limit(LimitKind::Depth),
            other => Found::Failed(other),
        }
    }

    fn call(&self, scratch: &Scratch, subject: &[u8], from: usize, options: u32) -> c_int {
        // SAFETY: code, data and context are alive, the data has room for this code's groups, and the subject is a live slice
        // that PCRE2 only reads during the call; `from` was checked against its length. The check of UTF-8 is left out only for a `str`
        // and a start between its characters.
        unsafe {
            sys::pcre2_match_8(
                self.code.as_ptr(),
                subject.as_ptr(),
                subject.len(),
                from,
                options,
                scratch.data.as_ptr(),
                scratch.context.as_ptr(),
            )
        }
    }

    fn groups_of(&self, scratch: &Scratch, count: usize) -> Groups {
        // SAFETY: after a match the vector holds a pair for each of the `count` groups.
        let offsets = unsafe {
            let first = sys::pcre2_get_ovector_pointer_8(scratch.data.as_ptr());
            std::slice::from_raw_parts(first, count * 2)
        };
        offsets
            .chunks_exact(2)
            .map(|pair| (pair[0] != usize::MAX).then(|| (pair[0], pair[1].max(pair[0]))))
            .collect()
    }
}

fn compile(
    pattern: &[u8],
    options: u32,
    settings: &Settings,
) -> Result<NonNull<sys::pcre2_code_8>, CompileError> {
    let (mut number, mut at) = (0, 0);
    let bsr = if settings.bsr_anycrlf {
        sys::PCRE2_BSR_ANYCRLF
    } else {
        sys::PCRE2_BSR_UNICODE
    };
    // SAFETY: the context is made, used and freed here (a null one means the defaults); the pattern is a live slice that
    // PCRE2 copies; the tables live as long as the program; the two numbers are written through valid pointers.
    let code = unsafe {
        let context = sys::pcre2_compile_context_create_8(ptr::null_mut());
        if !context.is_null() {
            sys::pcre2_set_newline_8(context, settings.newline as u32);
            sys::pcre2_set_bsr_8(context, bsr);
            if let Some(tables) = tables::latin1() {
                sys::pcre2_set_character_tables_8(context, tables.as_ptr());
            }
        }
        let code = sys::pcre2_compile_8(
            pattern.as_ptr(),
            pattern.len(),
            options,
            &mut number,
            &mut at,
            context,
        );
        sys::pcre2_compile_context_free_8(context);
        code
    };
    NonNull::new(code).ok_or_else(|| CompileError {
        message: messages::text(number).map_or_else(|| own_words(number), str::to_owned),
        at,
    })
}

/// PCRE2's own text for one of its errors.
fn own_words(number: c_int) -> String {
    let mut buffer = [0_u8; 256];
    // SAFETY: the buffer is as long as said; PCRE2 ends what it writes with a zero.
    let written =
        unsafe { sys::pcre2_get_error_message_8(number, buffer.as_mut_ptr(), buffer.len()) };
    let len = usize::try_from(written).unwrap_or(0);
    String::from_utf8_lossy(&buffer[..len]).into_owned()
}

fn info<T: Default>(code: NonNull<sys::pcre2_code_8>, what: u32) -> T {
    let mut value = T::default();
    // SAFETY: the callers ask for what PCRE2 documents to be of type `T`; the code is alive.
    unsafe { sys::pcre2_pattern_info_8(code.as_ptr(), what, (&raw mut value).cast()) };
    value
}

/// The name table: entries of equal size, each the group's number in two bytes and the name with a zero behind it.
fn names(code: NonNull<sys::pcre2_code_8>) -> Vec<(Vec<u8>, usize)> {
    let count = info::<u32>(code, sys::PCRE2_INFO_NAMECOUNT) as usize;
    let size = info::<u32>(code, sys::PCRE2_INFO_NAMEENTRYSIZE) as usize;
    if count == 0 || size < 3 {
        return Vec::new();
    }
    let mut table: *const u8 = ptr::null();
    // SAFETY: the table's address is what PCRE2 writes for this question.
    unsafe {
        sys::pcre2_pattern_info_8(
            code.as_ptr(),
            sys::PCRE2_INFO_NAMETABLE,
            (&raw mut table).cast(),
        )
    };
    if table.is_null() {
        return Vec::new();
    }
    // SAFETY: the table has `count` entries of `size` bytes and lives as long as the code.
    let bytes = unsafe { std::slice::from_raw_parts(table, count * size) };
    bytes
        .chunks_exact(size)
        .map(|entry| {
            let number = usize::from(entry[0]) << 8 | usize::from(entry[1]);
            let name = entry[2..].iter().copied().take_while(|b| *b != 0).collect();
            (name, number)
        })
        .collect()
}

pub fn version() -> String {
    let mut buffer = [0_u8; 64];
    // SAFETY: PCRE2 documents the version string to be at most 24 code units.
    let written =
        unsafe { sys::pcre2_config_8(sys::PCRE2_CONFIG_VERSION, buffer.as_mut_ptr().cast()) };
    let len = usize::try_from(written).unwrap_or(1).clamp(1, buffer.len());
    String::from_utf8_lossy(&buffer[..len - 1]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Newline;

    fn regex(pattern: &str, flags: u32) -> Regex {
        let settings = Settings {
            flags,
            ..Settings::default()
        };
        Regex::new(pattern.as_bytes(), &settings, true).expect("a good pattern")
    }

    #[test]
    fn groups_and_names() {
        let re = regex("(?<b>x)?(?<a>y)(z)?", 0);
        assert_eq!(re.groups(), 3);
        assert_eq!(re.names(), [(b"a".to_vec(), 2), (b"b".to_vec(), 1)]);
        assert_eq!(
            re.find(Subject::Bytes(b"ay"), &Request::default()),
            Found::Match(vec![Some((1, 2)), None, Some((1, 2))])
        );
        assert_eq!(
            re.find(Subject::Bytes(b"b"), &Request::default()),
            Found::NoMatch
        );
    }

    #[test]
    fn errors_have_a_place() {
        let failed = Regex::new(b"a(", &Settings::default(), false).err();
        assert_eq!(
            failed,
            Some(CompileError {
                message: "missing )".to_owned(),
                at: 2
            })
        );
    }

    #[test]
    fn limits_are_reported() {
        let re = regex("(a+)*c$", flag::NO_START_OPTIMIZE);
        let request = Request {
            steps: Some(1000),
            exact: true,
            ..Request::default()
        };
        let subject = b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaz";
        assert_eq!(
            re.find(Subject::Bytes(subject), &request),
            Found::Limit(LimitKind::Steps)
        );
    }

    #[test]
    fn line_ends_are_a_setting() {
        let settings = Settings {
            flags: flag::MULTILINE,
            newline: Newline::Cr,
            bsr_anycrlf: false,
        };
        let re = Regex::new(b"^b$", &settings, false).expect("a good pattern");
        assert_eq!(
            re.find(Subject::Bytes(b"a\rb\rc"), &Request::default()),
            Found::Match(vec![Some((2, 3))])
        );
        assert_eq!(
            re.find(Subject::Bytes(b"a\nb\nc"), &Request::default()),
            Found::NoMatch
        );
    }
}
