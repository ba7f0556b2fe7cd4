%% Generators of strong numbers, and FIPS mode.
-module(crypto_random).
-include("../show.hrl").

start() ->
    show(fun() -> [crypto:enable_fips_mode(true), crypto:enable_fips_mode(false), crypto:info_fips()] end),  % expect: [false,true,not_supported]
    show(fun() -> crypto:enable_fips_mode(odd) end),  % expect: error badarg
    show(fun() -> [crypto:rand_seed(<<1, 2, 3>>), crypto:rand_seed(<<>>)] end),  % expect: [ok,ok]
    show(fun() -> crypto:rand_seed(1) end),  % expect: error function_clause
    show(fun() -> crypto:rand_seed_alg(odd) end),  % expect: error function_clause
    show(fun() -> crypto:rand_seed_alg_s(odd) end),  % expect: error function_clause
    show(fun() -> shape(crypto:rand_seed_alg_s(crypto)) end),  % expect: {[{bits,64},{next,fun crypto:rand_plugin_next/1},{type,crypto},{uniform,fun crypto:rand_plugin_uniform/1},{uniform_n,fun crypto:rand_plugin_uniform/2}],no_seed}
    show(fun() -> shape(crypto:rand_seed_alg_s(crypto_cache)) end),  % expect: {[{bits,56},{next,fun crypto:rand_cache_plugin_next/1},{type,crypto_cache}],{56,1036,<<>>}}
    show(fun() -> [shape(crypto:rand_seed_alg(A)) || A <- [crypto, crypto_cache]] end),  % expect: [{[{bits,64},{next,fun crypto:rand_plugin_next/1},{type,crypto},{uniform,fun crypto:rand_plugin_uniform/1},{uniform_n,fun crypto:rand_plugin_uniform/2}],no_seed},{[{bits,56},{next,fun crypto:rand_cache_plugin_next/1},{type,crypto_cache}],{56,1036,<<>>}}]
    show(fun() -> numbers(crypto) end),  % expect: [true,true,[1,2,3,4,5,6],true,100]
    show(fun() -> numbers(crypto_cache) end),  % expect: [true,true,[1,2,3,4,5,6],true,100]
    show(fun() -> application:set_env(crypto, rand_cache_size, 10), element(2, crypto:rand_seed_alg_s(crypto_cache)) end),  % expect: {56,21,<<>>}
    show(fun() -> application:unset_env(crypto, rand_cache_size), rand:export_seed_s(crypto:rand_seed_alg_s(crypto)) end).  % expect: {crypto,no_seed}

shape({Handler, State}) -> {lists:sort([{K, case V of F when is_function(F) -> F; _ -> V end} || {K, V} <- maps:to_list(Handler)]), State}.

%% Within their bounds, and not the same twice.
numbers(Alg) ->
    S0 = crypto:rand_seed_alg_s(Alg),
    {Fs, S1} = draws(200, fun rand:uniform_s/1, S0),
    {Ns, S2} = draws(200, fun(S) -> rand:uniform_s(6, S) end, S1),
    {Bs, _} = draws(100, fun(S) -> rand:uniform_s(1 bsl 100, S) end, S2),
    [lists:all(fun(F) -> F >= 0.0 andalso F < 1.0 end, Fs), length(lists:usort(Fs)) > 190, lists:usort(Ns),
     lists:all(fun(B) -> B >= 1 andalso B =< 1 bsl 100 end, Bs), length(lists:usort(Bs))].

draws(0, _, S) -> {[], S};
draws(N, F, S0) ->
    {X, S1} = F(S0),
    {Xs, S} = draws(N - 1, F, S1),
    {[X | Xs], S}.
