## What browsers and finders of pages are told before the page speaks.

page-any-description = A table for you and your friends: plan in secret, act at once.
page-any-no-script = This is played in the browser with JavaScript. Please turn it on.
