//! Standard input, output and error: bytes in and out, no buffering of their own. Reading blocks and so runs on a dirty thread.

use std::io::{self, IsTerminal, Read, Write};

/// Writes all bytes to descriptor 1 or 2.
pub fn write(descriptor: i64, bytes: &[u8]) -> io::Result<()> {
    match descriptor {
        1 => {
            let mut out = io::stdout().lock();
            out.write_all(bytes)?;
            out.flush()
        }
        2 => io::stderr().lock().write_all(bytes),
        _ => Err(io::Error::from(io::ErrorKind::InvalidInput)),
    }
}

/// Reads at least one byte and at most `most` of standard input; `None` at its end.
pub fn read(most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = vec![0; most.clamp(1, 1 << 20)];
    let count = io::stdin().lock().read(&mut bytes)?;
    bytes.truncate(count);
    Ok((count > 0).then_some(bytes))
}

/// Whether the descriptor is a terminal.
pub fn is_terminal(descriptor: i64) -> bool {
    match descriptor {
        0 => io::stdin().is_terminal(),
        1 => io::stdout().is_terminal(),
        2 => io::stderr().is_terminal(),
        _ => false,
    }
}
