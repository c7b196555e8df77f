/** Before each file of tests: English is spoken, all of it, whoever's page is tested. */

import { speak } from "./catalogue";
import { MINOTAURS, textsOf } from "./texts";

speak("en", textsOf("en", MINOTAURS));
