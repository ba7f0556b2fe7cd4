%% Counters. All functions are native; the module is here to be asked for.
-module(counters).
-export_type([counters_ref/0]).

-opaque counters_ref() :: reference().
