-module(records_untyped).
-compile(warn_untyped_record).
-export([f/1]).
-record(all, {a = 1 :: integer(), b :: term()}).
-record(some, {a = 1 :: integer(), b}).
-record(none, {}).
-record('not typed', {a}).
-file("elsewhere.hrl", 1).
-record(outside, {a}).
f(#all{}) -> {#some{}, #none{}, #'not typed'{}, #outside{}}.
