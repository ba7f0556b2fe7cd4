%% The journal of reloads, in the state of the server `transom_reload`: one entry a step, latest first.
-module(transom_reload_journal).

-export([noted/2, notify/1, version/1, md5/1]).

%% Entries that keep the bytes of versions: as far back a rollback reaches.
-define(KEPT, 50).

%% A new entry; old ones keep their figures and lose their bytes.
noted(Entry, #{journal := J, next := N} = St) ->
    {Recent, Older} = lists:split(min(length(J), ?KEPT), J),
    St#{journal := [Entry | Recent ++ [E#{before := [], 'after' => []} || E <- Older]], next := N + 1}.

%% The number of a module's current version.
version(M) ->
    {#{version := V}, _} = erts_internal:module_versions(M),
    V.

md5(none) -> none;
md5(undefined) -> none;
md5(Bytes) -> erts_internal:module_md5(Bytes).

%% The event for whoever watches: of level info in the log, and `code_loaded` in the trace sessions that trace the modules.
notify(#{modules := Ms, number := N} = Entry) ->
    [erts_internal:trace_reload(M, V) || {M, V, _, _} <- Ms, is_integer(V)],
    logger:info(#{label => {transom, reload}, number => N, modules => [{M, V} || {M, V, _, _} <- Ms],
                  entry => maps:without([before, 'after'], Entry)}).
