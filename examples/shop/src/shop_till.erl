%% Payments, answered after a while: the caller waits, the till does not.
-module(shop_till).
-behaviour(gen_server).

-export([start_link/0, pay/2, figures/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).

%% waiting: the timer of each payment under way, and whom to answer what.
-record(st, {payment_ms, refused_permille, waiting = #{}, taken = 0, refused = 0}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

-spec pay(string(), non_neg_integer()) -> paid | refused.
pay(Customer, Cents) -> gen_server:call(?MODULE, {pay, Customer, Cents}).

%% Cents taken, payments refused, payments under way.
-spec figures() -> #{taken := integer(), refused := integer(), waiting := integer()}.
figures() -> gen_server:call(?MODULE, figures).

init([]) ->
    {ok, Ms} = application:get_env(shop, payment_ms),
    {ok, Permille} = application:get_env(shop, refused_permille),
    {ok, #st{payment_ms = Ms, refused_permille = Permille}}.

handle_call({pay, _Customer, Cents}, From, #st{waiting = Waiting} = St) ->
    Ref = erlang:start_timer(rand:uniform(St#st.payment_ms), self(), answer),
    {noreply, St#st{waiting = Waiting#{Ref => {From, Cents, answer(St)}}}};
handle_call(figures, _From, #st{taken = Taken, refused = Refused, waiting = Waiting} = St) ->
    {reply, #{taken => Taken, refused => Refused, waiting => map_size(Waiting)}, St}.

answer(#st{refused_permille = P}) ->
    case rand:uniform(1000) =< P of
        true -> refused;
        false -> paid
    end.

handle_cast(_, St) -> {noreply, St}.

handle_info({timeout, Ref, answer}, #st{waiting = Waiting} = St) ->
    {{From, Cents, Answer}, Rest} = maps:take(Ref, Waiting),
    gen_server:reply(From, Answer),
    {noreply, book(Answer, Cents, St#st{waiting = Rest})}.

book(paid, Cents, #st{taken = N} = St) -> St#st{taken = N + Cents};
book(refused, _, #st{refused = N} = St) -> St#st{refused = N + 1}.

code_change(_Old, St, _Extra) -> {ok, St}.
