//! The options of sockets that live in the VM; those of the kernel are in [`super::kernel`].

use crate::io::packet::{Framing, Limits};

/// Who asks for data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Active {
    /// `false`: nobody until `recv`.
    Off,
    Once,
    On,
    /// That many messages more.
    Count(u16),
}

impl Active {
    /// Do packets come as messages?
    pub fn is_on(self) -> bool {
        self != Active::Off
    }

    /// A message was delivered: what is left, and whether the owner is to be told that it is over.
    pub fn delivered(self) -> (Active, bool) {
        match self {
            Active::On => (Active::On, false),
            Active::Off | Active::Once => (Active::Off, false),
            Active::Count(0 | 1) => (Active::Off, true),
            Active::Count(left) => (Active::Count(left - 1), false),
        }
    }

    /// `{active, N}`: adds to the count. `None` when it would leave 16 bits; `true`: it is over.
    pub fn more(self, more: i64) -> Option<(Active, bool)> {
        let have = match self {
            Active::Count(left) => i64::from(left),
            Active::Off | Active::Once | Active::On => 0,
        };
        if !(-32_768..=32_767).contains(&more) || have + more > 32_767 {
            return None;
        }
        match u16::try_from(have + more) {
            Ok(0) | Err(_) => Some((Active::Off, true)),
            Ok(count) => Some((Active::Count(count), false)),
        }
    }
}

/// The options.
#[derive(Clone, Debug)]
pub struct Options {
    pub active: Active,
    /// Data are binaries, not lists.
    pub binary: bool,
    pub framing: Framing,
    pub limits: Limits,
    /// That many bytes come as a list in front of a binary.
    pub header: usize,
    /// Most bytes of one read, and of one message without packets.
    pub buffer: usize,
    /// It was set, and no longer follows `recbuf`.
    pub buffer_set: bool,
    pub exit_on_close: bool,
    pub high_watermark: usize,
    pub low_watermark: usize,
    pub high_msgq_watermark: usize,
    pub low_msgq_watermark: usize,
    pub send_timeout_ms: Option<u64>,
    pub send_timeout_close: bool,
    pub show_econnreset: bool,
    pub delay_send: bool,
    /// Messages as a port sends them: `{Port, {data, Data}}`.
    pub deliver_port: bool,
    pub read_packets: usize,
}

/// OTP's defaults.
impl Default for Options {
    fn default() -> Self {
        Options {
            active: Active::On,
            binary: false,
            framing: Framing::Raw,
            limits: Limits::default(),
            header: 0,
            buffer: 1_460,
            buffer_set: false,
            exit_on_close: true,
            high_watermark: 8_192,
            low_watermark: 4_096,
            high_msgq_watermark: 8_192,
            low_msgq_watermark: 4_096,
            send_timeout_ms: None,
            send_timeout_close: false,
            show_econnreset: false,
            delay_send: false,
            deliver_port: false,
            read_packets: 5,
        }
    }
}

impl Options {
    /// UDP's: a message may be large.
    pub fn datagram() -> Options {
        Options {
            buffer: 8_192,
            ..Options::default()
        }
    }

    /// Those of an accepted connection.
    pub fn inherited(&self) -> Options {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_ends_with_a_notice() {
        let (mut active, _) = Active::Off.more(2).expect("2 fits");
        assert_eq!(active.more(-1), Some((Active::Count(1), false)));
        let mut told = Vec::new();
        while active.is_on() {
            let (left, over) = active.delivered();
            active = left;
            told.push(over);
        }
        assert_eq!(told, [false, true]);
        assert_eq!(Active::Count(5).more(-9), Some((Active::Off, true)));
        assert_eq!(Active::Count(5).more(32_767), None);
        assert_eq!(Active::Once.delivered(), (Active::Off, false));
    }
}
