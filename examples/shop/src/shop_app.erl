-module(shop_app).
-behaviour(application).

-export([start/2, stop/1]).

start(_Type, _Args) ->
    %% `transom command shop shop ...`; on another Erlang system there is nobody to tell.
    _ = code:ensure_loaded(transom_command),
    _ = erlang:function_exported(transom_command, register, 2) andalso transom_command:register("shop", shop_command),
    shop_sup:start_link().

stop(_State) -> ok.
