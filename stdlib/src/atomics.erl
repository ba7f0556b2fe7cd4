%% Atomics. All functions are native; the module is here to be asked for.
-module(atomics).
-export_type([atomics_ref/0]).

-opaque atomics_ref() :: reference().
