//! Atoms' modules: export cells, loader, versions, purge.
