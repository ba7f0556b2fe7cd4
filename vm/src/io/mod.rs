//! Files, ports, sockets, standard streams.
