%% Called by the runtime where an exported function is missing: loads its module, or raises undef.
-module(error_handler).

-export([undefined_function/3, undefined_lambda/3, raise_undef_exception/3, ensure_loaded/1]).

undefined_function(Module, Function, Args) ->
    case ensure_loaded(Module) of
        true ->
            case erlang:function_exported(Module, Function, length(Args)) of
                true -> apply(Module, Function, Args);
                false -> fallback(Module, Function, Args)
            end;
        false -> raise_undef_exception(Module, Function, Args)
    end.

%% A module may handle its missing functions itself.
fallback(Module, Function, Args) ->
    case erlang:function_exported(Module, '$handle_undefined_function', 2) of
        true -> Module:'$handle_undefined_function'(Function, Args);
        false -> raise_undef_exception(Module, Function, Args)
    end.

undefined_lambda(Module, Fun, Args) ->
    case ensure_loaded(Module) of
        true -> apply(Fun, Args);
        %% A fun without code has no name that a frame could show.
        false -> erlang:raise(error, undef, callers())
    end.

%% The code server's own module must not be asked to load itself.
ensure_loaded(code) -> false;
ensure_loaded(Module) ->
    case whereis(code_server) =:= self() of
        true -> erts_internal:ensure_image(Module);
        false ->
            case code:ensure_loaded(Module) of
                {module, _} -> true;
                {error, _} -> false
            end
    end.

%% The frame of the missing function stands in front of the caller's.
raise_undef_exception(Module, Function, Args) ->
    erlang:raise(error, undef, [{Module, Function, Args, []} | callers()]).

callers() ->
    Stack = try throw(here)
        catch throw:here:St -> St
        end,
    lists:dropwhile(fun({M, _, _, _}) -> M =:= error_handler end, Stack).
