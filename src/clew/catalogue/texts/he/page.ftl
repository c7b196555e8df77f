## What browsers and finders of pages are told before the page speaks.

page-any-description = שולחן לכם ולחברים: מתכננים בסתר, פועלים יחד.
page-any-no-script = משחקים בדפדפן עם JavaScript. נא להפעיל אותו.

## The page for when there is no connection. English here is as the pages have it.

page-offline = אין חיבור
page-offline-kept = שום דבר לא אבד: המשחקים שמורים בשרת.
page-offline-by-itself = ברגע שהשרת יענה, הדף הזה ימשיך מעצמו.
page-offline-again = לנסות שוב
