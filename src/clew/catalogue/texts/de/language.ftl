## Choosing a language, in both pages.

language-label = Sprache
