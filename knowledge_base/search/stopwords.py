"""Words that say nothing about the need: grammar, and what people write around a question in a chat."""

from __future__ import annotations

_WORDS = """
abend aber aehm alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anders
anfrage angeblich ansonsten auch auf aufs aus bei beim beispiel beispielsweise bekomm bekomme bekommen bekommt
bereits bescheid bevor bin bis bist bitte bloss brauch brauche brauchen braucht bzw da dabei dadurch dafuer dagegen
daher dahin damals damen damit danach daneben dank danke dankeschoen dann daran darauf daraus darf darfst darin
darueber darum darunter das dass dasselbe davon davor dazu dein deine deinem deinen deiner dem den denen denn der
deren derzeit des deshalb dessen desto die dies diese diesem diesen dieser dieses dingsda doch dort drin dringend du
duerfen durch eben echt eigentlich ein eine einem einen einer eines einfach einige einiges einmal er erzaehlen es
etc etwa etwas euch euer eure eurem euren eurer falls find finde finden findet frag frage fragen freundlichen fuer
fuers ganz gar geehrte geehrter gegen gehen gehoert geht genau genauer gerade gern gerne gesagt gibt gibts gleich
gruesse gruessen gruss guten hab habe haben habt haette haetten hallo halt ham hast hat hatte hatten herren heute
hey hi hier hilf hin hinter hoeren hoffe ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem infolge ins
interesse interessiere irgend irgendein irgendeine irgendwas irgendwelche irgendwie irgendwo ist ja je jede jedem
jeden jeder jedes jedoch jemand jene jetzt kann kannst kaum kein keine keinem keinen keiner keines kenne koennen
koennt koennte koennten krieg kriege kriegen kriegt kurz lg liebe lieber los mach mache machen macht mag mal man
manche mehr mein meine meinem meinen meiner mfg mich mir mit moechte moechten moegen moin momentan morgen muessen
muss musste nach nachdem naechste ne nein nem nen ner nicht nichts nie niemand nix noch nochmal nun nur ob obwohl
oder ohne ok okay paar passend passende per rund sache sachen sag sagen sagt sagte schnell schon sehen sehr sein
seine seinem seinen seiner seit seitdem selber selbst servus sich sie sind so sobald sodass sogar solche soll sollen
sollte sollten sondern sonst soweit sowie statt stimmt suche suchen sucht super tach tag thema trotz tun tut ueber
ueberhaupt uebers um ums und ungefaehr uns unser unsere unserem unseren unserer unter usw viel viele vielen
vielleicht vom von vor voraus vorhin waehrend waere waeren waers wann war waren warum was weg wegen weil weiss
weisst weiter welche welchem welchen welcher welches wem wen wenig weniger wenn wer werde werden weshalb wessen
weswegen wie wieder wieso wieviel will willst wir wird wirklich wissen wo wobei wodurch wofuer woher wohin wohl
wollen wolln wollte wollten womit woran worden worum wovon wozu wuensche wuerde wuerden wurde wurden ziemlich zu
zuerst zum zur zurueck zusammen zwar zwischen
"""

STOPWORDS = frozenset(_WORDS.split())
"""All of them, folded."""
