//! Packets whose header says how long they are. Only the plain length prefix is stripped; other protocols keep their header.

use super::Cut;

/// Longest content a header may announce: lengths are signed 32-bit numbers in OTP, and sums with headers must stay so.
const LONGEST: usize = i32::MAX as usize;

/// A big-endian number.
fn number(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// The packet of that whole length with its header kept.
fn kept(bytes: &[u8], length: usize) -> Cut {
    if length > LONGEST {
        Cut::Invalid
    } else if bytes.len() < length {
        Cut::More(Some(length))
    } else {
        Cut::whole(length)
    }
}

/// A length of `size` bytes, then the content.
pub fn length(bytes: &[u8], size: usize) -> Cut {
    let Some(header) = bytes.get(..size) else {
        return Cut::More(None);
    };
    match kept(bytes, size + number(header)) {
        Cut::Packet { end, taken, .. } => Cut::Packet {
            start: size,
            end,
            taken,
        },
        other => other,
    }
}

/// Tag (one byte, or several when its low bits are all set), length (short, or the number of its bytes first), content.
pub fn asn1(bytes: &[u8]) -> Cut {
    let Some(tag) = bytes.first() else {
        return Cut::More(None);
    };
    let mut at = 1;
    if tag & 0x1f == 0x1f {
        match bytes[1..].iter().position(|byte| byte & 0x80 == 0) {
            Some(last) => at += last + 1,
            None => return Cut::More(None),
        }
    }
    let Some(short) = bytes.get(at) else {
        return Cut::More(None);
    };
    at += 1;
    if short & 0x80 == 0 {
        return kept(bytes, at + usize::from(*short));
    }
    let count = usize::from(short & 0x7f);
    if count > 4 {
        return Cut::Invalid;
    }
    match bytes.get(at..at + count) {
        Some(long) => kept(bytes, at + count + number(long)),
        None => Cut::More(None),
    }
}

/// `GIOP`, version, flags (bit 0: little-endian), type, length.
pub fn cdr(bytes: &[u8]) -> Cut {
    let Some(header) = bytes.get(..12) else {
        return Cut::More(None);
    };
    if !header.starts_with(b"GIOP") {
        return Cut::Invalid;
    }
    let little = header[6] & 1 == 1;
    let mut size = [header[8], header[9], header[10], header[11]];
    if little {
        size.reverse();
    }
    kept(bytes, 12 + number(&size))
}

/// A length whose highest bit marks the last fragment.
pub fn sunrm(bytes: &[u8]) -> Cut {
    match bytes.get(..4) {
        Some(header) => kept(bytes, 4 + (number(header) & 0x7fff_ffff)),
        None => Cut::More(None),
    }
}

/// Version 1, type, id, length of content, length of padding, reserved.
pub fn fcgi(bytes: &[u8]) -> Cut {
    let Some(header) = bytes.get(..8) else {
        return Cut::More(None);
    };
    if header[0] != 1 {
        return Cut::Invalid;
    }
    let padding = usize::from(header[6]);
    match kept(bytes, 8 + number(&header[4..6]) + padding) {
        Cut::Packet { start, end, taken } => Cut::Packet {
            start,
            end: end - padding,
            taken,
        },
        other => other,
    }
}

/// Version 3, reserved, length of it all.
pub fn tpkt(bytes: &[u8]) -> Cut {
    let Some(header) = bytes.get(..4) else {
        return Cut::More(None);
    };
    let length = number(&header[2..]);
    if header[0] != 3 || length < 4 {
        return Cut::Invalid;
    }
    kept(bytes, length)
}

/// Type, version, length, content.
pub fn tls(bytes: &[u8]) -> Cut {
    let Some(header) = bytes.get(..5) else {
        return Cut::More(None);
    };
    kept(bytes, 5 + number(&header[3..]))
}
