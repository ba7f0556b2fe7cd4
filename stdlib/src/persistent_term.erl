%% Persistent terms. All functions are native; the module is here to be asked for.
-module(persistent_term).
-export_type([key/0, value/0]).

-type key() :: term().
-type value() :: term().
