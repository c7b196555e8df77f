## The end of a game as a picture.

picture-open = Picture
picture-title = The end as a picture
picture-alt = How this game ended
picture-copy = Copy the picture
picture-copied = Copied. Paste it into your chat.
picture-save-png = Save as PNG
picture-save-svg = Save as SVG
picture-failed = That did not work. Try it again in a moment.
picture-close = Close
