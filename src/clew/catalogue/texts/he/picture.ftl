## The end of a game as a picture.

picture-open = תמונה
picture-title = הסוף בתמונה
picture-alt = איך המשחק הזה נגמר
picture-copy = להעתיק את התמונה
picture-copied = הועתק. אפשר להדביק בצ׳אט.
picture-save-png = לשמור כ־PNG
picture-save-svg = לשמור כ־SVG
picture-failed = זה לא הצליח. נסו שוב עוד רגע.
picture-close = לסגור
