## What somebody may be called.

name-too-long = השם ארוך מדי לשולחן: { $most } תווים לכל היותר.

## What goes wrong before a server is asked.

problem-page = משהו השתבש בדף הזה. טענו אותו מחדש והמשיכו: שום דבר לא אבד.
problem-wait = זה היה מהיר מאוד. נסו שוב בעוד { $count } שניות.
