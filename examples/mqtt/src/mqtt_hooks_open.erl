%% Lets everybody in.
-module(mqtt_hooks_open).
-behaviour(mqtt_hooks).

-export([auth_on_register/5, auth_on_publish/6, auth_on_subscribe/3]).

auth_on_register(_, _, _, _, _) -> ok.

auth_on_publish(_, _, _, _, _, _) -> ok.

auth_on_subscribe(_, _, _) -> ok.
