## What browsers and finders of pages are told before the page speaks.

page-any-description = שולחן לכם ולחברים: מתכננים בסתר, פועלים יחד.
page-any-no-script = משחקים בדפדפן עם JavaScript. נא להפעיל אותו.
