## What browsers and finders of pages are told before the page speaks.

page-any-description = A table for you and your friends: plan in secret, act at once.
page-any-no-script = This is played in the browser with JavaScript. Please turn it on.

## The page for when there is no connection. English here is as the pages have it.

page-offline = No connection
page-offline-kept = Nothing is lost: your games are kept on the server.
page-offline-by-itself = As soon as the server answers, this page goes on by itself.
page-offline-again = Try again
