%% Keeps the shop full: for every customer who leaves another comes, by a name from the book.
-module(shop_crowd).
-behaviour(gen_server).

-export([start_link/0, size/0, resize/1]).
-export([init/1, handle_continue/2, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).

-record(st, {wanted :: non_neg_integer(), pace_ms :: pos_integer(), present = #{} :: #{reference() => string()}, came = 0 :: non_neg_integer()}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% Customers now, and all who ever came.
-spec size() -> {non_neg_integer(), non_neg_integer()}.
size() -> gen_server:call(?MODULE, size).

%% More come at once; fewer remain when enough have left.
-spec resize(non_neg_integer()) -> ok.
resize(Wanted) when is_integer(Wanted), Wanted >= 0 -> gen_server:call(?MODULE, {resize, Wanted}).

init([]) ->
    {ok, Wanted} = application:get_env(shop, customers),
    {ok, Pace} = application:get_env(shop, pace_ms),
    {ok, #st{wanted = Wanted, pace_ms = Pace}, {continue, fill}}.

handle_continue(fill, St) -> {noreply, fill(St)}.

fill(#st{wanted = Wanted, present = Present} = St) when map_size(Present) >= Wanted -> St;
fill(#st{pace_ms = Pace, present = Present, came = Came} = St) ->
    Name = name(Came),
    {ok, Pid} = shop_many_sup:start(shop_customer_sup, [Name, Pace]),
    Ref = erlang:monitor(process, Pid),
    fill(St#st{present = Present#{Ref => Name}, came = Came + 1}).

%% A few hundred people, who come again and again.
name(N) ->
    First = {"Ada", "Ben", "Cleo", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jo", "Kim", "Lea", "Max", "Nina", "Olaf", "Pia"},
    Last = {"Adler", "Berg", "Cole", "Diaz", "Ek", "Fuchs", "Gray", "Holm", "Ito", "Juhl", "Klein", "Lund", "Moss", "Nowak", "Okoro"},
    element(N rem tuple_size(First) + 1, First) ++ " " ++ element(N rem tuple_size(Last) + 1, Last).

handle_call(size, _From, #st{present = Present, came = Came} = St) -> {reply, {map_size(Present), Came}, St};
handle_call({resize, Wanted}, _From, St) -> {reply, ok, fill(St#st{wanted = Wanted})}.

handle_cast(_, St) -> {noreply, St}.

handle_info({'DOWN', Ref, process, _, _}, #st{present = Present} = St) ->
    {noreply, fill(St#st{present = maps:remove(Ref, Present)})}.

code_change(_Old, St, _Extra) -> {ok, St}.
