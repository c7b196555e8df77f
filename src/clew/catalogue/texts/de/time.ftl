## Spans of time.

time-any-moment = jeden Moment
time-left-s = noch { $count } s
time-left-h = noch { $count } Std.
time-left-days = noch { $count } Tage
time-short-h = { $count } h
time-short-d = { $count } T
time-left-min = noch { $count } min
