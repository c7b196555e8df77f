## Spans of time.

time-any-moment = any moment
time-left-s = { $count } s left
time-left-h = { $count } h left
time-left-days = { $count } days left
time-short-h = { $count } h
time-short-d = { $count } d
time-left-min = { $count } min left
