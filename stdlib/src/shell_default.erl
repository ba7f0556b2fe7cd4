%% The commands of the shell that are plain functions: what is called at a prompt without a module ends here, after user_default. They are in c.
-module(shell_default).

-export([help/0, bt/1, c/1, c/2, c/3, cd/1, erlangrc/1, flush/0, h/1, h/2, h/3, ht/1, ht/2, ht/3, hcb/1, hcb/2, hcb/3]).
-export([i/0, i/1, i/3, l/1, lc/1, lm/0, ls/0, ls/1, m/0, m/1, memory/0, memory/1, mm/0, nc/1, nc/2, ni/0, nl/1, nregs/0]).
-export([pid/3, pwd/0, q/0, regs/0, uptime/0, xm/1, y/1, y/2]).

%% The list of commands.
help() ->
    io:put_chars(
        "** shell internal commands **\n"
        "b()        -- display all variable bindings\n"
        "e(N)       -- repeat the expression in query <N>\n"
        "exit()     -- end this shell, a new one begins\n"
        "f()        -- forget all variable bindings\n"
        "f(X)       -- forget the binding of variable X\n"
        "ff()       -- forget all locally defined functions\n"
        "ff({F,A})  -- forget the locally defined function F/A\n"
        "fl()       -- forget all locally defined functions, types and records\n"
        "h()        -- history\n"
        "h(Mod)     -- help about module\n"
        "h(Mod,Func)-- help about function in module\n"
        "h(Mod,Func,Arity) -- help about function with arity in module\n"
        "ht(Mod)    -- help about a module's types\n"
        "ht(Mod,Type) -- help about type in module\n"
        "ht(Mod,Type,Arity) -- help about type with arity in module\n"
        "hcb(Mod)    -- help about a module's callbacks\n"
        "hcb(Mod,CB) -- help about callback in module\n"
        "hcb(Mod,CB,Arity) -- help about callback with arity in module\n"
        "history(N) -- set how many previous commands to keep\n"
        "lf()       -- list locally defined functions\n"
        "lr()       -- list locally defined records\n"
        "lt()       -- list locally defined types\n"
        "results(N) -- set how many previous command results to keep\n"
        "catch_exception(B) -- how exceptions are handled\n"
        "v(N)       -- use the value of query <N>\n"
        "rd(R,D)    -- define a record\n"
        "rf()       -- remove all record information\n"
        "rf(R)      -- remove record information about R\n"
        "rl()       -- display all record information\n"
        "rl(R)      -- display record information about R\n"
        "rp(Term)   -- display Term using the shell's record information\n"
        "rr(File)   -- read record information from File (wildcards allowed)\n"
        "rr(F,R)    -- read selected record information from file(s)\n"
        "rr(F,R,O)  -- read selected record information with options\n"
        "save_module(File) -- save all locally defined functions, types and records\n"
        "tf()       -- forget all locally defined types\n"
        "tf(T)      -- forget the locally defined type T\n"
        "** commands in module c **\n"
    ),
    c:help(),
    true.

bt(Pid) -> c:bt(Pid).
c(File) -> c:c(File).
c(File, Options) -> c:c(File, Options).
c(File, Options, Filter) -> c:c(File, Options, Filter).
cd(Dir) -> c:cd(Dir).
erlangrc(Dirs) -> c:erlangrc(Dirs).
flush() -> c:flush().
h(M) -> c:h(M).
h(M, F) -> c:h(M, F).
h(M, F, A) -> c:h(M, F, A).
ht(M) -> c:ht(M).
ht(M, T) -> c:ht(M, T).
ht(M, T, A) -> c:ht(M, T, A).
hcb(M) -> c:hcb(M).
hcb(M, C) -> c:hcb(M, C).
hcb(M, C, A) -> c:hcb(M, C, A).
i() -> c:i().
i(Pids) -> c:i(Pids).
i(X, Y, Z) -> c:i(X, Y, Z).
l(Module) -> c:l(Module).
lc(Files) -> c:lc(Files).
lm() -> c:lm().
ls() -> c:ls().
ls(Dir) -> c:ls(Dir).
m() -> c:m().
m(Module) -> c:m(Module).
memory() -> c:memory().
memory(Type) -> c:memory(Type).
mm() -> c:mm().
nc(File) -> c:nc(File).
nc(File, Options) -> c:nc(File, Options).
ni() -> c:ni().
nl(Module) -> c:nl(Module).
nregs() -> c:nregs().
pid(X, Y, Z) -> c:pid(X, Y, Z).
pwd() -> c:pwd().
q() -> c:q().
regs() -> c:regs().
uptime() -> c:uptime().
xm(File) -> c:xm(File).
y(File) -> c:y(File).
y(File, Options) -> c:y(File, Options).
