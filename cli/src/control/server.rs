//! The server in the VM's program: a thread that accepts, two for each client (one reads, one writes), none of which a scheduler waits for.
//!
//! A client's frames go into a channel of the VM, whose owner is a process of `transom_control`; what that process writes comes back.
//! Both directions are bounded in the channel. The connection ends both ways as soon as either end is gone.

use std::io;
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use transom_vm::heap::{Heap, HeapOptions};
use transom_vm::io::channels::{Channel, Next};
use transom_vm::vm::Vm;

use super::{place, protocol};

/// Clients at a time; more are turned away.
const MOST_CLIENTS: usize = 512;
/// A client must greet and ask within this time: a half-open connection holds two threads.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a writer sleeps before it looks whether the VM has halted.
const NAP: Duration = Duration::from_millis(200);
/// These threads call nothing deep.
const STACK: usize = 192 << 10;

/// A listening socket; its file goes when this does.
pub struct Server {
    path: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone_already = std::fs::remove_file(&self.path);
    }
}

/// Listens for clients of this VM.
pub fn start(vm: &Arc<Vm>, name: Option<&str>) -> Result<Server, String> {
    if let Some(name) = name {
        if !place::is_name(name) {
            return Err(format!("'{name}' cannot be the name of a VM"));
        }
        if place::all()?
            .iter()
            .any(|p| p.name.as_deref() == Some(name))
        {
            return Err(format!("a VM called '{name}' is running already"));
        }
    }
    let path = place::path(&place::directory()?, std::process::id(), name);
    let listener = listener(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let server = Server { path };
    let vm = Arc::downgrade(vm);
    let clients = Arc::new(AtomicUsize::new(0));
    thread("transom-control", move || {
        for stream in listener.incoming() {
            let Some(vm) = vm.upgrade() else { return };
            match stream {
                Ok(stream) => admit(&vm, stream, &clients),
                // Out of descriptors, most likely: clients wait in the queue meanwhile.
                Err(_) => std::thread::sleep(NAP),
            }
        }
    })
    .map_err(|e| format!("no thread for the control socket: {e}"))?;
    Ok(server)
}

/// A socket gets its place when it listens already: one that refuses connections is taken for that of a dead VM, and removed by whoever looks.
fn listener(path: &Path) -> io::Result<UnixListener> {
    let unready = place::unready(path);
    let _stale = std::fs::remove_file(&unready);
    let listener = UnixListener::bind(&unready)?;
    let ready = std::fs::set_permissions(&unready, std::fs::Permissions::from_mode(0o600))
        .and_then(|()| std::fs::rename(&unready, path));
    if ready.is_err() {
        let _nobody_waits = std::fs::remove_file(&unready);
    }
    ready.map(|()| listener)
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let builder = std::thread::Builder::new().name(name.to_owned());
    builder.stack_size(STACK).spawn(work).map(drop)
}

/// Starts a conversation with a client of the same user.
fn admit(vm: &Arc<Vm>, stream: UnixStream, clients: &Arc<AtomicUsize>) {
    if !same_user(&stream) || clients.load(Ordering::Relaxed) >= MOST_CLIENTS {
        return;
    }
    clients.fetch_add(1, Ordering::Relaxed);
    let (vm, clients_) = (Arc::clone(vm), Arc::clone(clients));
    let started = thread("transom-client", move || {
        converse(&vm, stream);
        clients_.fetch_sub(1, Ordering::Relaxed);
    });
    if started.is_err() {
        clients.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(target_os = "linux")]
fn same_user(stream: &UnixStream) -> bool {
    rustix::net::sockopt::socket_peercred(stream)
        .is_ok_and(|peer| peer.uid == rustix::process::getuid())
}

/// Elsewhere the directory's permissions decide alone.
#[cfg(not(target_os = "linux"))]
fn same_user(_: &UnixStream) -> bool {
    true
}

/// Serves a connected client to its end, in the calling thread. Also used by the console, over a pair of sockets.
pub fn converse(vm: &Arc<Vm>, mut stream: UnixStream) {
    let in_time = stream.set_read_timeout(Some(PATIENCE)).is_ok()
        && protocol::greet(&mut stream).is_ok()
        && protocol::expect_greeting(&mut stream).is_ok();
    if !in_time {
        return;
    }
    let Ok(Some(first)) = protocol::receive(&mut stream) else {
        return;
    };
    let (Ok(()), Ok(writing)) = (stream.set_read_timeout(None), stream.try_clone()) else {
        return;
    };
    let channel = vm.io.channels.open();
    if !begin(vm, &channel) {
        channel.close(vm);
        return;
    }
    let (vm_, channel_) = (Arc::clone(vm), Arc::clone(&channel));
    let writer = thread("transom-client-out", move || {
        write(&vm_, &channel_, writing)
    });
    if writer.is_ok() && channel.deliver(vm, first.kind, &first.bytes) {
        while let Ok(Some(frame)) = protocol::receive(&mut stream) {
            if !channel.deliver(vm, frame.kind, &frame.bytes) {
                break;
            }
        }
    }
    // After a proper end the client may still be reading what the writer has: the writer closes then.
    if !channel.is_finished() {
        let _closed_already = stream.shutdown(Shutdown::Both);
    }
    channel.close(vm);
}

/// The process that owns the channel.
fn begin(vm: &Vm, channel: &Channel) -> bool {
    let heap = Heap::new(&vm.env, HeapOptions::default());
    let id = heap.int(channel.id as i64);
    vm.spawn_call("transom_control", "client", &[id]).is_ok()
}

/// Sends what the owner writes until either end is gone.
fn write(vm: &Vm, channel: &Channel, mut stream: UnixStream) {
    loop {
        match channel.next(vm, NAP) {
            Next::Frame(frame) => {
                if protocol::send(&mut stream, frame.kind, &frame.bytes).is_err() {
                    break;
                }
            }
            Next::Nothing if vm.halted().is_none() => {}
            Next::Nothing | Next::Closed => break,
        }
    }
    let _closed_already = stream.shutdown(Shutdown::Both);
}
