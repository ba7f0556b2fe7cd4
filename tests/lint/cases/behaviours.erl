-module(behaviours).
-behaviour(gen_server).
-behavior(supervisor).
-behaviour(nosuch).
-behaviour(gen_server).
-behaviour(gen_statem).
-behaviour(application).
-behaviour(gen_event).
-export([init/1, handle_call/3]).
init(_) -> ok.
handle_call(_, _, _) -> ok.
