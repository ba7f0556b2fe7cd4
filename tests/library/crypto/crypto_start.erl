%% Starting and stopping the application by its module.
-module(crypto_start).
-include("../show.hrl").

start() ->
    show(fun() -> crypto:stop(), crypto:start() end),  % expect: ok
    show(fun() -> crypto:start() end),  % expect: {error,{already_started,crypto}}
    show(fun() -> lists:keymember(crypto, 1, application:which_applications()) end),  % expect: true
    show(fun() -> crypto:stop() end),  % expect: ok
    show(fun() -> crypto:stop() end),  % expect: {error,{not_started,crypto}}
    show(fun() -> crypto:hash(md5, "") end).  % expect: <<212,29,140,217,143,0,178,4,233,128,9,152,236,248,66,126>>
