//! How long the operating system lets a thread run before it looks at the others.
//!
//! Linux gives a thread its core for a slice of 3 ms and lets nobody in before the end of it, unless who wakes asked for shorter slices of its own
//! (EEVDF, `PREEMPT_SHORT`, Linux 6.12). Schedulers ask for the shortest, 0.1 ms: timers come on time although threads of long calls hold every
//! core (a sleep of 5 ms beside two busy threads on two cores came 2.4 ms late at p99, with this 0.1 to 0.2). The thread that watches sockets does not
//! ask: with short slices it took the core from a scheduler at each packet, which cost a broker at its limit an eighth of its throughput. It takes no
//! share from anybody and needs no right. Older kernels ignore it.

/// Of such a thread's slices.
#[cfg(target_os = "linux")]
const SHORTEST_NS: u64 = 100_000;

/// Asks for short slices for the calling thread; its policy and niceness stay, and threads it starts have their usual slices.
#[cfg(target_os = "linux")]
pub fn ask_for_short_slices() {
    use nix::libc;
    const SIZE: libc::c_uint = size_of::<libc::sched_attr>() as libc::c_uint;
    let mut attr = libc::sched_attr {
        size: SIZE,
        sched_policy: 0,
        sched_flags: 0,
        sched_nice: 0,
        sched_priority: 0,
        sched_runtime: 0,
        sched_deadline: 0,
        sched_period: 0,
    };
    // SAFETY: the kernel writes at most the given size into the structure, which is ours; 0 is the calling thread.
    let got = unsafe { libc::syscall(libc::SYS_sched_getattr, 0, &raw mut attr, SIZE, 0) };
    let usual = libc::SCHED_OTHER as u32;
    if got != 0 || attr.sched_policy != usual {
        return;
    }
    attr.sched_runtime = SHORTEST_NS;
    attr.sched_flags |= libc::SCHED_FLAG_RESET_ON_FORK as u64;
    // SAFETY: the kernel reads the structure just filled. A refusal changes nothing, and nothing depends on it.
    unsafe { libc::syscall(libc::SYS_sched_setattr, 0, &raw const attr, 0) };
}

/// Elsewhere there is nothing to ask for.
#[cfg(not(target_os = "linux"))]
pub fn ask_for_short_slices() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn policy_and_niceness_stay_and_children_are_as_usual() {
        use rustix::process::getpriority_process;
        std::thread::spawn(|| {
            let before = getpriority_process(None);
            super::ask_for_short_slices();
            assert_eq!(getpriority_process(None), before);
            let child = std::thread::spawn(|| getpriority_process(None)).join();
            assert_eq!(child.expect("a thread that ends"), before);
        })
        .join()
        .expect("a thread that ends");
    }
}
