%% Any number of processes of one kind that come and go: orders, customers.
-module(shop_many_sup).
-behaviour(supervisor).

-export([start_link/2, start/2, count/1, init/1]).

-spec start_link(atom(), module()) -> {ok, pid()}.
start_link(Name, Module) -> supervisor:start_link({local, Name}, ?MODULE, Module).

%% Module:start_link(Args...)
-spec start(atom(), [term()]) -> {ok, pid()} | {error, term()}.
start(Name, Args) -> supervisor:start_child(Name, Args).

-spec count(atom()) -> non_neg_integer().
count(Name) -> proplists:get_value(active, supervisor:count_children(Name)).

init(Module) ->
    Child = #{id => Module, start => {Module, start_link, []}, restart => temporary, shutdown => 1000},
    {ok, {#{strategy => simple_one_for_one, intensity => 5, period => 10}, [Child]}}.
