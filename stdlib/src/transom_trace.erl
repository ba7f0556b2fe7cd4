%% transom_trace: what the front ends of tracing share, and the `transom trace' command.
-module(transom_trace).

-export([compat/0, compat/1]).

%% Whether `recon_trace' and `redbug' have the known bugs of the tools they follow. Off unless switched on; the list is in the guide to tracing.
-spec compat() -> boolean().
compat() -> persistent_term:get({?MODULE, compat}, false).

-spec compat(boolean()) -> ok.
compat(Bool) when is_boolean(Bool) -> persistent_term:put({?MODULE, compat}, Bool).
