## Games in lists: public ones, and one's own.

games-public-title = Offene Spiele
games-public-about = Spiele, bei denen alle mitspielen oder zuschauen dürfen.
games-public-none = Gerade hat sonst niemand ein Spiel für alle geöffnet. Mach eines auf und schalte neben den Plätzen „{ games-anyone }“ ein.
games-looking = Offene Spiele werden gesucht
games-look = Spiele suchen
games-looks = Wird gesucht …
games-join = Mitspielen
games-watch = Zuschauen
games-more = Mehr zeigen
games-again = Noch einmal versuchen
games-seats-free = { $free ->
    [0] Alle { $all } Plätze sind besetzt
   *[other] { $free } von { $all } Plätzen frei
}
games-round = Runde { $round }
games-playing = noch { $count } dabei
games-rounds-of = { $span } je Runde
games-made-now = gerade eben angelegt
games-made-minutes = vor { $count } Min. angelegt
games-made-hours = vor { $count } Std. angelegt
games-made-days = { $count ->
    [one] vor { $count } Tag angelegt
   *[other] vor { $count } Tagen angelegt
}
games-your-turn = du bist am Zug
games-place = Platz { $place } von { $of }
games-anyone = Alle dürfen dieses Spiel finden
games-anyone-why = Es steht dann bei den offenen Spielen: Wer vorbeikommt, darf sich auf einen freien Platz setzen oder zuschauen.
games-open = Alle dürfen dieses Spiel finden, mitspielen oder zuschauen.
