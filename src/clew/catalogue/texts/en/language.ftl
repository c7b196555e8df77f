## Choosing a language, in both pages.

language-label = Language
