//! Options of sockets by their numbers: whoever names them knows what their bytes mean, so no library has a type for them.

use nix::libc;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};

/// Reads an option into `value` and answers how many bytes of it there are.
///
/// # Errors
/// Those of the system call (`getsockopt(2)`).
pub fn option(
    socket: BorrowedFd<'_>,
    level: i32,
    name: i32,
    value: &mut [u8],
) -> io::Result<usize> {
    let mut len = libc::socklen_t::try_from(value.len()).unwrap_or(libc::socklen_t::MAX);
    // SAFETY: the descriptor is open while it is borrowed, and the kernel writes at most `len` bytes into the slice, which has as many or more.
    let got = unsafe {
        libc::getsockopt(
            socket.as_raw_fd(),
            level,
            name,
            value.as_mut_ptr().cast(),
            &raw mut len,
        )
    };
    match got {
        0 => Ok(value.len().min(len as usize)),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Sets an option to these bytes.
///
/// # Errors
/// Those of the system call (`setsockopt(2)`).
pub fn set_option(socket: BorrowedFd<'_>, level: i32, name: i32, value: &[u8]) -> io::Result<()> {
    let len = libc::socklen_t::try_from(value.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    // SAFETY: the descriptor is open while it is borrowed, and the kernel reads the bytes of the slice.
    let set =
        unsafe { libc::setsockopt(socket.as_raw_fd(), level, name, value.as_ptr().cast(), len) };
    match set {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

#[cfg(test)]
mod tests {
    use super::{libc, option, set_option};
    use std::os::fd::AsFd;

    #[test]
    fn what_is_set_is_read_and_what_there_is_not_is_an_error() {
        let socket = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port is free");
        let (level, name) = (libc::SOL_SOCKET, libc::SO_REUSEADDR);
        set_option(socket.as_fd(), level, name, &1i32.to_ne_bytes()).expect("it is known");
        let mut value = [0; 8];
        let len = option(socket.as_fd(), level, name, &mut value).expect("it is known");
        assert_eq!((len, &value[..len]), (4, &1i32.to_ne_bytes()[..]));
        assert!(option(socket.as_fd(), level, 9999, &mut value).is_err());
        assert!(set_option(socket.as_fd(), level, name, &[]).is_err());
    }
}
