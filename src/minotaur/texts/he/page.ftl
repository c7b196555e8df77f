## What browsers and finders of pages are told before the page speaks.

page-description = לפיד במבוך. מתכננים בסתר, פועלים יחד, והגיבור האחרון שעומד מנצח.
page-no-script = משחקים ב־Minotaur בדפדפן עם JavaScript. נא להפעיל אותו.
page-torch-out = הלפיד כבה, אבל שום דבר לא אבד: המשחקים שמורים בשרת.
