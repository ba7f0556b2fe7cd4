%% Binaries. All functions are native; the module is here to be asked for.
-module(binary).
-export_type([cp/0, part/0]).

-opaque cp() :: {am | bm, reference()}.
-type part() :: {Start :: non_neg_integer(), Length :: integer()}.
