%% What the functions of base64 say of arguments that are none.
-module(base64_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
