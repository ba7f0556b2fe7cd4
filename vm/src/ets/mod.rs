//! ETS tables.
