## What browsers and finders of pages are told before the page speaks.

page-description = A torch in a labyrinth. Plan in secret, act at once, be the last hero standing.
page-no-script = Minotaur is played in the browser with JavaScript. Please turn it on.
page-torch-out = The torch is out, but nothing is lost: your games are kept on the server.
