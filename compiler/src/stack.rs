//! The large stack. Syntax trees may be thousands of levels deep and a native stack overflow aborts the whole VM, so
//! whoever walks trees recursively does it on a thread that is made here.

/// Address space for the compiler's thread; only what is touched becomes memory.
const STACK_BYTES: usize = 512 << 20;

/// Runs `work` on a thread with a large stack and waits for it. A panic in `work` goes on in the caller.
pub fn with_large_stack<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new()
            .name("compiler".into())
            .stack_size(STACK_BYTES);
        let thread = builder.spawn_scoped(scope, work);
        let thread = thread.expect("invariant: the system gives the compiler a thread");
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
