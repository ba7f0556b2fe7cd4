//! What is known about variables along the way, and the tests it makes superfluous.

use crate::core::Func;
use crate::core::pool::Pool;

/// Optimises a function by types.
pub fn optimize(f: &mut Func, pool: &mut Pool) {
    let _ = (f, pool);
}
