%% The application. Arguments behind `--` of the command line change its settings; the command `mqtt` is for operators (see mqtt_trace).
-module(mqtt_app).
-behaviour(application).

-export([start/2, stop/1]).

start(_, _) ->
    case mqtt_config:take(init:get_plain_arguments()) of
        ok ->
            case mqtt_sup:start_link() of
                {ok, Pid} ->
                    transom_command:register("mqtt", mqtt_command),
                    io:format("mqtt: listening on port ~b~n", [mqtt_listener:port()]),
                    {ok, Pid};
                Error -> Error
            end;
        {error, Text} -> {error, {usage, Text}}
    end.

stop(_) ->
    transom_command:unregister("mqtt"),
    ok.
