//! Built-in functions, one row each.
