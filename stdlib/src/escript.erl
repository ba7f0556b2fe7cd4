%% What a script can ask about itself.
-module(escript).

-export([script_name/0]).

%% The file that runs, as it was named on the command line.
-spec script_name() -> string().
script_name() -> init:script_name().
