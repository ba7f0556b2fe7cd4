%% No module: the place is that of the first form.


-export([f/0]).
f() -> ok.
