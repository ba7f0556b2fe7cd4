//! Packets in a stream of bytes: what the `packet` option of sockets, `{packet, N}` of ports and `erlang:decode_packet/3` cut out of it.
//!
//! Cutting is a pure question about the bytes at hand: where does the first packet end, if it does. Making terms is the caller's work.

mod binary;
pub mod http;

pub use http::Http;

/// What frames the stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Framing {
    /// None: bytes as they come.
    #[default]
    Raw,
    /// A length of 1, 2 or 4 bytes in front, big-endian; it is not part of the packet.
    Length(u8),
    /// ASN.1 BER.
    Asn1,
    /// CORBA (GIOP).
    Cdr,
    /// Sun's RPC.
    SunRm,
    /// Fast CGI; padding is dropped.
    Fcgi,
    /// TPKT (RFC 1006).
    Tpkt,
    /// TLS records.
    Tls,
    /// Up to a line's end.
    Line,
    /// HTTP: start line, then headers.
    Http {
        /// Texts are binaries, not lists.
        binary: bool,
        /// Starts with headers.
        headers: bool,
    },
}

/// Bounds on packets.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest packet; 0: no bound.
    pub packet_size: usize,
    /// Longest line; 0: no bound.
    pub line_length: usize,
    /// What ends a line.
    pub delimiter: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            packet_size: 0,
            line_length: 0,
            delimiter: b'\n',
        }
    }
}

/// Where the first packet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Not complete; its whole length, if that is known already.
    More(Option<usize>),
    /// These bytes begin no packet.
    Invalid,
    /// Its content, and how many bytes it takes of the stream.
    Packet {
        start: usize,
        end: usize,
        taken: usize,
    },
}

impl Cut {
    fn whole(length: usize) -> Cut {
        Cut::Packet {
            start: 0,
            end: length,
            taken: length,
        }
    }
}

impl Framing {
    /// From the value of the `packet` option.
    pub fn named(name: &str) -> Option<Framing> {
        Some(match name {
            "raw" => Framing::Raw,
            "asn1" => Framing::Asn1,
            "cdr" => Framing::Cdr,
            "sunrm" => Framing::SunRm,
            "fcgi" => Framing::Fcgi,
            "tpkt" => Framing::Tpkt,
            "ssl_tls" => Framing::Tls,
            "line" => Framing::Line,
            "http" => Framing::http(false, false),
            "http_bin" => Framing::http(true, false),
            "httph" => Framing::http(false, true),
            "httph_bin" => Framing::http(true, true),
            _ => return None,
        })
    }

    const fn http(binary: bool, headers: bool) -> Framing {
        Framing::Http { binary, headers }
    }

    /// From a number: 0, 1, 2 or 4.
    pub fn numbered(bytes: i64) -> Option<Framing> {
        match bytes {
            0 => Some(Framing::Raw),
            1 | 2 | 4 => Some(Framing::Length(bytes as u8)),
            _ => None,
        }
    }

    /// Finds the first packet. `headers`: an HTTP start line has gone before.
    pub fn cut(self, bytes: &[u8], limits: Limits, headers: bool) -> Cut {
        let cut = match self {
            Framing::Raw if bytes.is_empty() => Cut::More(None),
            Framing::Raw => Cut::whole(bytes.len()),
            Framing::Length(size) => binary::length(bytes, usize::from(size)),
            Framing::Asn1 => binary::asn1(bytes),
            Framing::Cdr => binary::cdr(bytes),
            Framing::SunRm => binary::sunrm(bytes),
            Framing::Fcgi => binary::fcgi(bytes),
            Framing::Tpkt => binary::tpkt(bytes),
            Framing::Tls => binary::tls(bytes),
            Framing::Line => line(bytes, limits),
            Framing::Http {
                headers: always, ..
            } => http::cut(bytes, limits, headers || always),
        };
        let length = match (self, cut) {
            (Framing::Raw, _) | (_, Cut::Invalid | Cut::More(None)) => return cut,
            (_, Cut::More(Some(length))) => length,
            (Framing::Length(size), Cut::Packet { taken, .. }) => taken - usize::from(size),
            (_, Cut::Packet { taken, .. }) => taken,
        };
        if limits.packet_size != 0 && length > limits.packet_size {
            return Cut::Invalid;
        }
        cut
    }

    /// What goes in front of a packet that is sent; `None` if the packet is too long.
    pub fn prefix(self, length: usize) -> Option<([u8; 4], usize)> {
        let mut prefix = [0; 4];
        let Framing::Length(size) = self else {
            return Some((prefix, 0));
        };
        let size = usize::from(size);
        let bytes = (length as u64).to_be_bytes();
        if bytes[..8 - size].iter().any(|byte| *byte != 0) {
            return None;
        }
        prefix[..size].copy_from_slice(&bytes[8 - size..]);
        Some((prefix, size))
    }
}

/// A line with its end. One longer than the bound is cut there.
fn line(bytes: &[u8], limits: Limits) -> Cut {
    let end = bytes.iter().position(|byte| *byte == limits.delimiter);
    let bound = match limits.line_length {
        0 => usize::MAX,
        bound => bound,
    };
    match end {
        Some(at) => Cut::whole((at + 1).min(bound)),
        None if bytes.len() >= bound => Cut::whole(bound),
        None => Cut::More(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_undone_by_cutting() {
        for size in [1, 2, 4] {
            let framing = Framing::Length(size);
            let content = vec![7; 200];
            let (prefix, taken) = framing.prefix(content.len()).expect("200 bytes fit");
            let stream = [&prefix[..taken], &content].concat();
            assert_eq!(
                framing.cut(&stream, Limits::default(), false),
                Cut::Packet {
                    start: taken,
                    end: stream.len(),
                    taken: stream.len()
                }
            );
        }
        assert_eq!(Framing::Length(1).prefix(256), None);
        assert_eq!(Framing::Length(2).prefix(65_536), None);
    }

    #[test]
    fn every_shorter_stream_asks_for_more_or_is_invalid() {
        let streams: [(Framing, &[u8]); 8] = [
            (Framing::Length(4), b"\0\0\0\x02ab"),
            (Framing::Asn1, &[31, 129, 1, 2, 9, 9]),
            (Framing::Cdr, b"GIOP\x01\0\0\0\0\0\0\x02ab"),
            (Framing::SunRm, &[128, 0, 0, 2, 1, 2]),
            (Framing::Fcgi, &[1, 1, 0, 1, 0, 1, 1, 0, 7, 0]),
            (Framing::Tpkt, &[3, 0, 0, 6, 1, 2]),
            (Framing::Line, b"abc\n"),
            (Framing::http(false, false), b"GET / HTTP/1.1\r\n"),
        ];
        for (framing, stream) in streams {
            for length in 0..stream.len() {
                let cut = framing.cut(&stream[..length], Limits::default(), false);
                assert!(matches!(cut, Cut::More(_)), "{framing:?} {length} {cut:?}");
            }
            let cut = framing.cut(stream, Limits::default(), false);
            assert!(matches!(cut, Cut::Packet { taken, .. } if taken == stream.len()));
        }
    }
}
