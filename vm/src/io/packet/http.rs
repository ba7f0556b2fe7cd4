//! HTTP start lines and headers, in the shape `erlang:decode_packet/3` gives them.

use super::{Cut, Limits};

/// A parsed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Http {
    Request {
        method: Vec<u8>,
        uri: Uri,
        version: (u32, u32),
    },
    Response {
        version: (u32, u32),
        status: u32,
        phrase: Vec<u8>,
    },
    Header {
        /// Place in the table of known names; 0: none of them.
        number: u32,
        /// With each word capitalised.
        name: Vec<u8>,
        /// As it came.
        original: Vec<u8>,
        value: Vec<u8>,
    },
    EndOfHeaders,
    Error(Vec<u8>),
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uri {
    Star,
    Path(Vec<u8>),
    Absolute {
        secure: bool,
        host: Vec<u8>,
        port: Option<u32>,
        path: Vec<u8>,
    },
    Scheme(Vec<u8>, Vec<u8>),
    Other(Vec<u8>),
}

/// Methods that are atoms.
pub const METHODS: [&str; 7] = ["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE"];

/// Header names that are atoms, in the order of their numbers.
pub const NAMES: [&str; 52] = [
    "Cache-Control",
    "Connection",
    "Date",
    "Pragma",
    "Transfer-Encoding",
    "Upgrade",
    "Via",
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "From",
    "Host",
    "If-Modified-Since",
    "If-Match",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Max-Forwards",
    "Proxy-Authorization",
    "Range",
    "Referer",
    "User-Agent",
    "Age",
    "Location",
    "Proxy-Authenticate",
    "Public",
    "Retry-After",
    "Server",
    "Vary",
    "Warning",
    "Www-Authenticate",
    "Allow",
    "Content-Base",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Location",
    "Content-Md5",
    "Content-Range",
    "Content-Type",
    "Etag",
    "Expires",
    "Last-Modified",
    "Accept-Ranges",
    "Set-Cookie",
    "Set-Cookie2",
    "X-Forwarded-For",
    "Cookie",
    "Keep-Alive",
    "Proxy-Connection",
];

/// The first line; a header goes on over lines that begin with white space, so the byte behind its end is needed.
pub fn cut(bytes: &[u8], limits: Limits, headers: bool) -> Cut {
    let too_long = |length: usize| limits.line_length != 0 && length > limits.line_length;
    let mut from = 0;
    loop {
        let Some(found) = bytes[from..].iter().position(|byte| *byte == b'\n') else {
            return if too_long(bytes.len()) {
                Cut::Invalid
            } else {
                Cut::More(None)
            };
        };
        let end = from + found + 1;
        if too_long(end) {
            return Cut::Invalid;
        }
        let blank = matches!(&bytes[..end], b"\n" | b"\r\n");
        if !headers || blank {
            return Cut::whole(end);
        }
        match bytes.get(end) {
            None => return Cut::More(None),
            Some(b' ' | b'\t') => from = end,
            Some(_) => return Cut::whole(end),
        }
    }
}

/// Parses a line that [`cut`] has cut out.
pub fn parse(line: &[u8], headers: bool) -> Http {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let parsed = if headers {
        header(text)
    } else if text.starts_with(b"HTTP/") {
        response(text)
    } else {
        request(text)
    };
    parsed.unwrap_or_else(|| Http::Error(line.to_vec()))
}

fn without_spaces(text: &[u8]) -> &[u8] {
    let start = text
        .iter()
        .position(|byte| !matches!(byte, b' ' | b'\t'))
        .unwrap_or(text.len());
    &text[start..]
}

/// The text up to a space, and what follows the spaces.
fn word(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text
        .iter()
        .position(|byte| matches!(byte, b' ' | b'\t'))
        .unwrap_or(text.len());
    (&text[..end], without_spaces(&text[end..]))
}

fn digits(text: &[u8]) -> Option<u32> {
    if text.is_empty() || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// `HTTP/Major.Minor`
fn version(text: &[u8]) -> Option<(u32, u32)> {
    let numbers = text.strip_prefix(b"HTTP/")?;
    let dot = numbers.iter().position(|byte| *byte == b'.')?;
    Some((digits(&numbers[..dot])?, digits(&numbers[dot + 1..])?))
}

fn request(text: &[u8]) -> Option<Http> {
    let (method, rest) = word(text);
    if method.is_empty() || rest.is_empty() {
        return None;
    }
    let (target, rest) = word(rest);
    let version = if rest.is_empty() {
        (0, 9)
    } else {
        version(rest)?
    };
    Some(Http::Request {
        method: method.to_vec(),
        uri: uri(target),
        version,
    })
}

fn uri(text: &[u8]) -> Uri {
    if text == b"*" {
        return Uri::Star;
    }
    if text.starts_with(b"/") {
        return Uri::Path(text.to_vec());
    }
    let begins = |scheme: &[u8]| {
        text.len() >= scheme.len() && text[..scheme.len()].eq_ignore_ascii_case(scheme)
    };
    if begins(b"http://") {
        return absolute(&text[7..], false);
    }
    if begins(b"https://") {
        return absolute(&text[8..], true);
    }
    match text.iter().position(|byte| *byte == b':') {
        Some(colon) => Uri::Scheme(text[..colon].to_vec(), text[colon + 1..].to_vec()),
        None => Uri::Other(text.to_vec()),
    }
}

fn absolute(text: &[u8], secure: bool) -> Uri {
    let slash = text
        .iter()
        .position(|byte| *byte == b'/')
        .unwrap_or(text.len());
    let (authority, path) = text.split_at(slash);
    let colon = authority
        .iter()
        .position(|byte| *byte == b':')
        .unwrap_or(authority.len());
    let port = authority
        .get(colon + 1..)
        .and_then(digits)
        .filter(|port| *port != 0);
    let path = if path.is_empty() { b"/" } else { path };
    Uri::Absolute {
        secure,
        host: authority[..colon].to_vec(),
        port,
        path: path.to_vec(),
    }
}

fn response(text: &[u8]) -> Option<Http> {
    let (protocol, rest) = word(text);
    let version = version(protocol)?;
    let (status, phrase) = word(rest);
    Some(Http::Response {
        version,
        status: digits(status)?,
        phrase: phrase.to_vec(),
    })
}

/// A character a name may be made of (RFC 2616, `token`).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?={}".contains(&byte)
}

fn header(text: &[u8]) -> Option<Http> {
    if text.is_empty() {
        return Some(Http::EndOfHeaders);
    }
    let colon = text.iter().position(|byte| !is_token(*byte))?;
    if text[colon] != b':' {
        return None;
    }
    let original = &text[..colon];
    let name = capitalised(original);
    let number = NAMES
        .iter()
        .position(|known| known.as_bytes() == name)
        .map_or(0, |at| at as u32 + 1);
    Some(Http::Header {
        number,
        name,
        original: original.to_vec(),
        value: without_spaces(&text[colon + 1..]).to_vec(),
    })
}

fn capitalised(name: &[u8]) -> Vec<u8> {
    let mut first = true;
    name.iter()
        .map(|byte| {
            let byte = if first {
                byte.to_ascii_uppercase()
            } else {
                byte.to_ascii_lowercase()
            };
            first = byte == b'-';
            byte
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_their_case() {
        for (at, name) in NAMES.iter().enumerate() {
            let line = format!("{}: x\r\n", name.to_ascii_uppercase());
            let Http::Header {
                number, name: n, ..
            } = parse(line.as_bytes(), true)
            else {
                panic!("{line} is a header");
            };
            assert_eq!((number as usize, n.as_slice()), (at + 1, name.as_bytes()));
        }
    }

    #[test]
    fn lines_that_go_on_are_one_header() {
        let bytes = b"Host: a\r\n b\r\nX";
        let limits = Limits::default();
        assert_eq!(cut(bytes, limits, true), Cut::whole(13));
        assert_eq!(cut(&bytes[..9], limits, true), Cut::More(None));
    }
}
